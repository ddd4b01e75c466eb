// What is kept on this device: what waits, what was refused and why, and what has been taken since.
import { useState } from 'preact/hooks';
import { line } from '../api';
import { go, route, to } from '../route';
import { Problems, Says } from '../state';
import { type Forms, fill, format, loginAddress, plural, words } from '../tongue';
import { follow } from './follow';
import { Others } from './others';
import type { Entry } from './queue';
import { others, sending, shelf, taken, throwAway, trySending, waiting } from './sending';

const own = words({
  en: {
    waits: { one: 'Kept here, {n} waiting; sent when the line is back.', other: 'Kept here, {n} waiting; sent when the line is back.' } as Forms,
    goes: { one: 'Kept here, {n} waiting to be sent.', other: 'Kept here, {n} waiting to be sent.' } as Forms,
    refused: { one: '{n} was refused and is kept here.', other: '{n} were refused and are kept here.' } as Forms,
    plain: 'What is kept here lies on this device unencrypted, readable by whoever uses it.',
    written: 'written {at}',
    now: 'Try now',
    sending: 'being sent…',
    tried: 'Sent once without an answer: it may have arrived. It is sent again under the same key, and taken only once.',
    loose: 'This browser does not keep it: it is lost when the page is closed.',
    trouble: 'Not taken yet:',
    login: 'It is sent when you have logged in again.',
    mend: 'Mend it',
    away: 'Throw away',
    sure: 'Really throw it away?',
    keep: 'Keep it',
    stale: 'Somebody else has changed the convoy since you wrote this. See how it stands now, then decide.',
    see: 'See how it stands now',
    sent: 'Taken: {title}',
    details: 'What is kept here',
  },
  ar: {
    waits: { one: 'محفوظ هنا، {n} في الانتظار؛ يُرسل عند عودة الاتصال.', other: 'محفوظ هنا، {n} في الانتظار؛ تُرسل عند عودة الاتصال.' },
    goes: { one: 'محفوظ هنا، {n} في انتظار الإرسال.', other: 'محفوظ هنا، {n} في انتظار الإرسال.' },
    refused: { one: 'رُفض {n} وهو محفوظ هنا.', other: 'رُفض {n} وهي محفوظة هنا.' },
    plain: 'ما يُحفظ هنا يبقى على هذا الجهاز دون تشفير، ويستطيع قراءته كل من يستخدم الجهاز.',
    written: 'كُتب في {at}',
    now: 'حاول الآن',
    sending: 'قيد الإرسال…',
    tried: 'أُرسل مرة دون جواب: ربما وصل. يُعاد إرساله بالمفتاح نفسه ولا يُقبل إلا مرة واحدة.',
    loose: 'هذا المتصفح لا يحفظه: يضيع عند إغلاق الصفحة.',
    trouble: 'لم يُقبل بعد:',
    login: 'يُرسل عندما تسجّل الدخول من جديد.',
    mend: 'أصلحه',
    away: 'تخلّص منه',
    sure: 'هل تتخلّص منه فعلاً؟',
    keep: 'احتفظ به',
    stale: 'غيّر شخص آخر القافلة بعد أن كتبت هذا. انظر إلى حالها الآن ثم قرّر.',
    see: 'انظر إلى حالها الآن',
    sent: 'قُبل: {title}',
    details: 'ما هو محفوظ هنا',
  },
  fr: {
    waits: { one: 'Gardé ici, {n} en attente ; envoyé au retour de la liaison.', other: 'Gardés ici, {n} en attente ; envoyés au retour de la liaison.' },
    goes: { one: 'Gardé ici, {n} en attente d’envoi.', other: 'Gardés ici, {n} en attente d’envoi.' },
    refused: { one: '{n} refusé, gardé ici.', other: '{n} refusés, gardés ici.' },
    plain: 'Ce qui est gardé ici se trouve sur cet appareil, non chiffré, lisible par quiconque s’en sert.',
    written: 'écrit le {at}',
    now: 'Essayer maintenant',
    sending: 'envoi en cours…',
    tried: 'Envoyé une fois sans réponse : c’est peut-être arrivé. Renvoyé sous la même clé, ce n’est pris qu’une fois.',
    loose: 'Ce navigateur ne le garde pas : perdu à la fermeture de la page.',
    trouble: 'Pas encore pris :',
    login: 'Envoyé quand vous serez de nouveau connecté.',
    mend: 'Corriger',
    away: 'Jeter',
    sure: 'Vraiment le jeter ?',
    keep: 'Garder',
    stale: 'Quelqu’un d’autre a modifié le convoi depuis. Voyez son état actuel, puis décidez.',
    see: 'Voir son état actuel',
    sent: 'Pris : {title}',
    details: 'Ce qui est gardé ici',
  },
});

/** How many of those that were taken are told. */
const MOST_TAKEN = 3;

/** Said wherever something can be written that may have to wait. */
export const keptPlainly = (): string => own().plain;

export function Waiting() {
  const entries = waiting.value;
  const refused = entries.filter((entry) => entry.refused).length;
  const open = entries.length - refused;
  if (entries.length === 0 && taken.value.length === 0 && others.value.length === 0) return null;
  return (
    <section class="waiting" aria-label={own().details}>
      <div id="kept-told" role="status" tabIndex={-1}>
        {open > 0 && <p class="waiting-head">{plural(open, line.value === 'down' ? own().waits : own().goes)}</p>}
        {refused > 0 && <p class="waiting-head">{plural(refused, own().refused)}</p>}
        {taken.value.slice(-MOST_TAKEN).map(({ title, code }, index) => (
          <p key={index}>
            {code ? <a href={to('convoys', code)}>{fill(own().sent, { title })}</a> : fill(own().sent, { title })}
          </p>
        ))}
      </div>
      {entries.length > 0 && (
        <>
          <ul class="waiting-list">
            {entries.map((entry) => (
              <One key={entry.id} entry={entry} />
            ))}
          </ul>
          <p class="note">{own().plain}</p>
        </>
      )}
      <Others />
    </section>
  );
}

function One({ entry }: { entry: Entry }) {
  const [sure, setSure] = useState(false);
  const isOnItsWay = sending.value === entry.id;
  const at = format(entry.made, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
  return (
    <li>
      <p>
        <b dir="auto">{entry.title}</b> <span class="quiet">{isOnItsWay ? own().sending : fill(own().written, { at })}</span>
      </p>
      {entry.tried && !isOnItsWay && <p class="quiet">{own().tried}</p>}
      {!shelf.isKept(entry.id) && <p class="wrong">{own().loose}</p>}
      {entry.trouble && (
        <p class="wrong">
          {entry.trouble.status === 401 ? (
            <a href={loginAddress()}>{own().login}</a>
          ) : (
            <>
              {own().trouble} <Says>{entry.trouble.detail}</Says>
            </>
          )}
        </p>
      )}
      {entry.refused && <Why entry={entry} />}
      <div class="do">
        {!entry.refused && !isOnItsWay && (
          <button type="button" class="second" onClick={() => void trySending()}>
            {own().now}
          </button>
        )}
        {entry.refused && <Mend entry={entry} />}
        {!isOnItsWay && !sure && (
          <button type="button" class="plain" onClick={() => setSure(true)}>
            {own().away}
          </button>
        )}
        {sure && (
          <>
            <span>{own().sure}</span>
            <button type="button" class="second" onClick={() => throwAway(entry.id)}>
              {own().away}
            </button>
            <button type="button" class="plain" onClick={() => setSure(false)}>
              {own().keep}
            </button>
          </>
        )}
      </div>
    </li>
  );
}

function Why({ entry }: { entry: Entry }) {
  const { refused } = entry;
  if (!refused) return null;
  if (refused.status === 412) return <p class="wrong">{own().stale}</p>;
  return (
    <>
      {refused.problems.length === 0 && (
        <p class="wrong">
          <Says>{refused.detail}</Says>
        </p>
      )}
      <Problems problems={refused.problems} />
    </>
  );
}

/** Leads to the form in which it was written. */
function Mend({ entry }: { entry: Entry }) {
  const isStale = entry.refused?.status === 412;
  // The form in which it is mended stands on this page already.
  if (route.value.params.get('mend') === entry.id) return null;
  const where = entry.kind === 'convoy' ? to('convoys', null, { show: 'post', mend: entry.id }) : to('convoys', entry.seen?.ref ?? null, { mend: entry.id });
  return (
    <button type="button" onClick={() => (follow(entry.id), go(where))}>
      {isStale ? own().see : own().mend}
    </button>
  );
}
