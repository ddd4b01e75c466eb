// What others keep on this device: how much it is and whose, and no more.
import { useState } from 'preact/hooks';
import { me } from '../me';
import { type Forms, fill, loginAddress, plural, words } from '../tongue';
import { listed } from './data';
import { claimOwn, others, removeOthers } from './sending';
import type { Heap } from './whose';

const own = words({
  en: {
    entries: { one: '{n} entry not taken yet', other: '{n} entries not taken yet' } as Forms,
    drafts: { one: '{n} draft', other: '{n} drafts' } as Forms,
    somebody: 'somebody who is not known',
    namesake: '{user} (another account of your name)',
    theirs: 'Kept here by {user}: {what}. It is shown to them, and sent, when they are logged in.',
    old: 'Kept here under the name {user}, from before accounts of the same name were told apart: {what}. It is shown and sent when somebody of this name is logged in and says that it is theirs.',
    perhaps: 'Kept here under your name, {user}, from before accounts of the same name were told apart: {what}. Did you write it, with this account? Then it is shown to you and sent in your name. If somebody else of this name wrote it, leave it.',
    claim: 'I wrote it: send it in my name',
    left: 'A newer draft of the same form is in its way. Send that one or empty it, and then say again that this is yours.',
    away: 'Remove it from this device',
    sure: 'Remove {what} of {user}? What Passage has not taken is lost for good.',
    lost: 'Remove: it is lost',
    keep: 'Keep it',
    login: 'Log in',
  },
  ar: {
    entries: { one: 'إدخال واحد لم يُقبل بعد', two: 'إدخالان لم يُقبلا بعد', few: '{n} إدخالات لم تُقبل بعد', many: '{n} إدخالاً لم يُقبل بعد', other: '{n} إدخال لم يُقبل بعد' },
    drafts: { one: 'مسودة واحدة', two: 'مسودتان', few: '{n} مسودات', other: '{n} مسودة' },
    somebody: 'شخص غير معروف',
    namesake: '{user} (حساب آخر باسمك)',
    theirs: 'محفوظ هنا من {user}: {what}. يُعرض له ويُرسل عندما يسجّل الدخول.',
    old: 'محفوظ هنا باسم {user}، من قبل أن تُميَّز الحسابات ذات الاسم الواحد: {what}. يُعرض ويُرسل عندما يسجّل الدخول شخص بهذا الاسم ويقول إنه له.',
    perhaps: 'محفوظ هنا باسمك، {user}، من قبل أن تُميَّز الحسابات ذات الاسم الواحد: {what}. هل كتبته أنت بهذا الحساب؟ إذن يُعرض لك ويُرسل باسمك. وإن كتبه شخص آخر بهذا الاسم فاتركه.',
    claim: 'أنا كتبته: أرسله باسمي',
    left: 'مسودة أحدث للاستمارة نفسها تشغل مكانه. أرسلها أو أفرغها، ثم قل من جديد إن هذا لك.',
    away: 'أزله من هذا الجهاز',
    sure: 'هل تزيل {what} لـ {user}؟ ما لم يقبله Passage يضيع نهائياً.',
    lost: 'أزل: يضيع',
    keep: 'احتفظ به',
    login: 'تسجيل الدخول',
  },
  fr: {
    entries: { one: '{n} saisie pas encore prise', other: '{n} saisies pas encore prises' },
    drafts: { one: '{n} brouillon', other: '{n} brouillons' },
    somebody: 'une personne inconnue',
    namesake: '{user} (un autre compte à votre nom)',
    theirs: 'Gardé ici par {user} : {what}. Montré à cette personne, et envoyé, quand elle est connectée.',
    old: 'Gardé ici sous le nom {user}, d’avant que les comptes de même nom soient distingués : {what}. Montré et envoyé quand une personne de ce nom est connectée et dit que c’est à elle.',
    perhaps: 'Gardé ici sous votre nom, {user}, d’avant que les comptes de même nom soient distingués : {what}. L’avez-vous écrit, avec ce compte ? Alors cela vous est montré et part en votre nom. Si une autre personne de ce nom l’a écrit, laissez-le.',
    claim: 'C’est moi : envoyer en mon nom',
    left: 'Un brouillon plus récent du même formulaire occupe sa place. Envoyez-le ou videz-le, puis redites que ceci est à vous.',
    away: 'Le retirer de cet appareil',
    sure: 'Retirer {what} de {user} ? Ce que Passage n’a pas pris est perdu pour de bon.',
    lost: 'Retirer : c’est perdu',
    keep: 'Garder',
    login: 'Se connecter',
  },
});

export function Others() {
  return (
    <>
      {others.value.map((heap) => (
        // Another reader is asked anew.
        <One key={`${me.value?.id} ${heap.owner} ${heap.user}`} heap={heap} />
      ))}
    </>
  );
}

function One({ heap }: { heap: Heap }) {
  const [sure, setSure] = useState(false);
  const [left, setLeft] = useState(0);
  const { entries, drafts, owner, standing } = heap;
  const isNamesake = owner !== null && heap.user !== '' && heap.user === me.value?.user;
  const user = isNamesake ? fill(own().namesake, { user: heap.user }) : heap.user || own().somebody;
  const what = listed([...(entries > 0 ? [plural(entries, own().entries)] : []), ...(drafts > 0 ? [plural(drafts, own().drafts)] : [])]);
  const text = standing === 'perhaps' ? own().perhaps : owner === null && heap.user ? own().old : own().theirs;
  return (
    <div class="waiting-other">
      <p>
        {fill(text, { user, what })} {!me.value?.id && <a href={loginAddress()}>{own().login}</a>}
      </p>
      {left > 0 && (
        <p class="wrong" role="status">
          {own().left}
        </p>
      )}
      {sure ? (
        <div class="do">
          <span role="alert">{fill(own().sure, { user, what })}</span>
          <button type="button" class="second" onClick={() => removeOthers(heap)}>
            {own().lost}
          </button>
          <button type="button" class="plain" onClick={() => setSure(false)}>
            {own().keep}
          </button>
        </div>
      ) : (
        <div class="do">
          {standing === 'perhaps' && (
            <button type="button" class="second" onClick={() => setLeft(claimOwn())}>
              {own().claim}
            </button>
          )}
          <button type="button" class="plain" onClick={() => setSure(true)}>
            {own().away}
          </button>
        </div>
      )}
    </div>
  );
}
