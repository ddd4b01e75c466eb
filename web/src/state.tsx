// What stands where an answer should be: loading, empty, refused, offline, stale. Designed once, the same everywhere.
import type { ComponentChildren } from 'preact';
import { type Answer, Offline, Refusal, changes } from './api';
import { me } from './me';
import { fill, moment, words } from './tongue';

const say = words({
  en: {
    loading: 'Asking…',
    offline: 'No line to Passage',
    offlineMore: 'What was not asked for before cannot be shown. It is tried again when the line is back.',
    unsure: 'No answer came from Passage',
    unsureMore: 'So it is not known whether it was done. Send it again as it is when the line is back: it is done only once.',
    stale: 'The line is down: this is as it was at {at}.',
    again: 'Try again',
    logIn: 'Log in to see this',
    logInMore: 'Passage shows figures to people it knows.',
    forbidden: 'Your role may not see this',
    refused: 'Passage could not answer',
    login: 'Log in',
  },
  ar: {
    loading: 'جارٍ السؤال…',
    offline: 'لا اتصال بـ Passage',
    offlineMore: 'لا يمكن عرض ما لم يُطلب من قبل. ستُعاد المحاولة عند عودة الاتصال.',
    unsure: 'لم يصل جواب من Passage',
    unsureMore: 'لذلك لا يُعرف هل تم الأمر. أرسله كما هو مرة أخرى عند عودة الاتصال: لن يُنفَّذ إلا مرة واحدة.',
    stale: 'الاتصال مقطوع: هذا كما كان في {at}.',
    again: 'أعد المحاولة',
    logIn: 'سجّل الدخول لترى هذا',
    logInMore: 'يعرض Passage الأرقام لمن يعرفهم.',
    forbidden: 'لا يسمح دورك برؤية هذا',
    refused: 'لم يستطع Passage الإجابة',
    login: 'تسجيل الدخول',
  },
  fr: {
    loading: 'Demande en cours…',
    offline: 'Pas de liaison avec Passage',
    offlineMore: 'Ce qui n’a pas été demandé auparavant ne peut être affiché. Nouvel essai au retour de la liaison.',
    unsure: 'Aucune réponse de Passage n’est arrivée',
    unsureMore: 'On ne sait donc pas si c’est fait. Renvoyez-le tel quel au retour de la liaison : ce ne sera fait qu’une fois.',
    stale: 'La liaison est coupée : voici l’état de {at}.',
    again: 'Réessayer',
    logIn: 'Connectez-vous pour voir ceci',
    logInMore: 'Passage montre ses chiffres aux personnes qu’il connaît.',
    forbidden: 'Votre rôle ne permet pas de voir ceci',
    refused: 'Passage n’a pas pu répondre',
    login: 'Se connecter',
  },
});

/** A quiet sentence where there is nothing, which says why and what to do. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="state">
      <p class="state-title">{title}</p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** Lines where text will be. */
export function Loading({ lines = 3 }: { lines?: number }) {
  return (
    <div class="state loading" role="status">
      <span class="unseen">{say().loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} class="loading-line" aria-hidden="true" />
      ))}
    </div>
  );
}

/** Why there is no answer, and what can be done about it. */
export function Fault({ fault }: { fault: Refusal | Offline }) {
  if (fault instanceof Offline) {
    return (
      <div class="state fault" role="alert">
        <p class="state-title">{fault.wasSent ? say().unsure : say().offline}</p>
        <p>{fault.wasSent ? say().unsureMore : say().offlineMore}</p>
        {!fault.wasSent && <Again />}
      </div>
    );
  }
  const unknown = fault.status === 401;
  return (
    <div class="state fault" role="alert">
      <p class="state-title">{unknown ? say().logIn : fault.status === 403 ? say().forbidden : say().refused}</p>
      <p dir="auto">{unknown ? say().logInMore : fault.detail}</p>
      <Problems fault={fault} />
      {unknown || (fault.status === 403 && me.value?.user === null) ? (
        <p>
          <a class="button" href="/login">
            {say().login}
          </a>
        </p>
      ) : (
        fault.status >= 500 && <Again />
      )}
    </div>
  );
}

/** All that is wrong with what was sent, one line each. The program's own sentences are English. */
export function Problems({ fault }: { fault: Refusal }) {
  if (fault.problems.length === 0) return null;
  return (
    <ul class="problems" dir="ltr" lang="en">
      {fault.problems.map(({ pointer, detail }, index) => (
        <li key={index}>
          {pointer && <code>{pointer.replace(/^\//, '')}</code>} {detail}
        </li>
      ))}
    </ul>
  );
}

function Again() {
  return (
    <p>
      <button type="button" class="second" onClick={() => (changes.value += 1)}>
        {say().again}
      </button>
    </p>
  );
}

/** Shows an answer: what is loading, why there is none, or what it is; an old one is marked as old. */
export function Shown<T>({ answer, lines, children }: { answer: Answer<T>; lines?: number; children: (data: T) => ComponentChildren }) {
  const { data, fault, loading, at } = answer;
  if (data === null) return fault ? <Fault fault={fault} /> : <Loading lines={lines ?? 3} />;
  return (
    <div class={loading ? 'shown asking' : 'shown'} aria-busy={loading}>
      {fault && at !== null && (
        <p class="stale" role="status">
          {fill(say().stale, { at: moment(at) })}
        </p>
      )}
      {children(data)}
    </div>
  );
}
