// What stands where an answer should be: loading, empty, refused, offline, stale. Designed once, the same everywhere.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { type Answer, Offline, type Problem, type Refusal, changes, line } from './api';
import { me } from './me';
import { placeName, told } from './refusals';
import { colon, fill, loginAddress, moment, words } from './tongue';

const say = words({
  en: {
    loading: 'Asking…',
    late: 'No answer has come for {n} seconds',
    lateMore: 'The line is slow, or the program hangs. It is still waited for.',
    offline: 'No line to Passage',
    offlineMore: 'What was not asked for before cannot be shown. It is tried again when the line is back.',
    unsure: 'No answer came from Passage',
    unsureMore: 'So it is not known whether it was done. Send it again as it is when the line is back: it is done only once.',
    stale: 'The line is down: this is as it was at {at}.',
    again: 'Try again',
    logIn: 'Log in for this',
    logInMore: 'Passage shows figures to people it knows.',
    forbidden: 'Your role does not allow this',
    absent: 'There is no such thing on record',
    absentMore: 'It may not be there by the day that is shown, or not be shown to you.',
    wrong: 'This was not taken',
    changed: 'It does not fit what is on record by now',
    often: 'Too much was asked at once',
    refused: 'Passage could not answer',
    login: 'Log in',
  },
  ar: {
    loading: 'جارٍ السؤال…',
    late: 'لم يصل جواب منذ {n} ثوانٍ',
    lateMore: 'الاتصال بطيء، أو البرنامج لا يستجيب. ما زلنا في الانتظار.',
    offline: 'لا اتصال بـ Passage',
    offlineMore: 'لا يمكن عرض ما لم يُطلب من قبل. ستُعاد المحاولة عند عودة الاتصال.',
    unsure: 'لم يصل جواب من Passage',
    unsureMore: 'لذلك لا يُعرف هل تم الأمر. أرسله كما هو مرة أخرى عند عودة الاتصال: لن يُنفَّذ إلا مرة واحدة.',
    stale: 'الاتصال مقطوع: هذا كما كان في {at}.',
    again: 'أعد المحاولة',
    logIn: 'سجّل الدخول لهذا',
    logInMore: 'يعرض Passage الأرقام لمن يعرفهم.',
    forbidden: 'لا يسمح دورك بهذا',
    absent: 'لا شيء مسجّلاً بهذا الرمز',
    absentMore: 'ربما لا يوجد حتى اليوم المعروض، أو لا يُعرض لك.',
    wrong: 'لم يُقبل هذا',
    changed: 'لا يوافق ما هو مسجّل الآن',
    often: 'طلبات كثيرة في وقت واحد',
    refused: 'لم يستطع Passage الإجابة',
    login: 'تسجيل الدخول',
  },
  fr: {
    loading: 'Demande en cours…',
    late: 'Aucune réponse depuis {n} secondes',
    lateMore: 'La liaison est lente, ou le programme ne réagit plus. La réponse est encore attendue.',
    offline: 'Pas de liaison avec Passage',
    offlineMore: 'Ce qui n’a pas été demandé auparavant ne peut être affiché. Nouvel essai au retour de la liaison.',
    unsure: 'Aucune réponse de Passage n’est arrivée',
    unsureMore: 'On ne sait donc pas si c’est fait. Renvoyez-le tel quel au retour de la liaison : ce ne sera fait qu’une fois.',
    stale: 'La liaison est coupée : voici l’état de {at}.',
    again: 'Réessayer',
    logIn: 'Connectez-vous pour ceci',
    logInMore: 'Passage montre ses chiffres aux personnes qu’il connaît.',
    forbidden: 'Votre rôle ne le permet pas',
    absent: 'Rien de tel n’est enregistré',
    absentMore: 'Ce n’est peut-être pas là au jour affiché, ou pas montré à vous.',
    wrong: 'Ceci n’a pas été pris',
    changed: 'Cela ne va pas avec ce qui est enregistré maintenant',
    often: 'Trop de demandes à la fois',
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

/** So long lines stand for an answer that is on its way, milliseconds; then it is said that none has come. */
const LATE_MS = 8_000;

/** Lines where text will be; why there is none yet, where that takes long. */
export function Loading({ lines = 3 }: { lines?: number }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (line.value === 'down') return <Fault fault={new Offline()} />;
  if (isLate) {
    return (
      <div class="state loading" role="status">
        <p class="state-title">{fill(say().late, { n: LATE_MS / 1000 })}</p>
        <p>{say().lateMore}</p>
        <Again />
      </div>
    );
  }
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
  const { status } = fault;
  return (
    <div class="state fault" role="alert">
      <p class="state-title">{title(status)}</p>
      <p>{status === 401 ? say().logInMore : status === 404 ? say().absentMore : fault.problems.length === 0 && <Says>{fault.detail}</Says>}</p>
      <Problems problems={fault.problems} />
      {status === 401 || (status === 403 && isStranger()) ? <LogIn /> : status >= 500 && <Again />}
    </div>
  );
}

function title(status: number): string {
  const titles: Record<number, string> = { 401: say().logIn, 403: isStranger() ? say().logIn : say().forbidden, 404: say().absent, 409: say().changed, 410: say().absent, 412: say().changed, 429: say().often };
  return titles[status] ?? (status >= 500 ? say().refused : say().wrong);
}

const isStranger = (): boolean => (me.value?.user ?? null) === null;

function LogIn() {
  return (
    <p>
      <a class="button" href={loginAddress()}>
        {say().login}
      </a>
    </p>
  );
}

/** Where a role may not do something; to a stranger a login is offered, as with one they might. */
export function NotAllowed({ title: what }: { title: string }) {
  if (!isStranger()) return <Empty title={what} />;
  return (
    <div class="state">
      <p class="state-title">{say().logIn}</p>
      <LogIn />
    </div>
  );
}

/** A sentence of the program in the language of the reader; one that had to stay English is marked as such. */
export function Says({ children }: { children: string }) {
  const { text, isEnglish } = told(children);
  return isEnglish ? (
    <bdi lang="en" dir="ltr">
      {text}
    </bdi>
  ) : (
    <>{text}</>
  );
}

/** All that is wrong with what was sent, one line each, under the names of the fields. */
export function Problems({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <ul class="problems">
      {problems.map(({ pointer, detail }, index) => (
        <li key={index}>
          <Place pointer={pointer} />
          <Says>{detail}</Says>
        </li>
      ))}
    </ul>
  );
}

function Place({ pointer }: { pointer: string }) {
  if (pointer === '') return null;
  const name = placeName(pointer);
  return <>{name === null ? <code dir="ltr">{pointer.replace(/^\//, '')}</code> : <b>{name}</b>}{colon()}</>;
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

/** Is the line down, as far as this answer tells, or as is known while another one is on its way? */
export const isCut = ({ fault, loading }: Answer<unknown>): boolean => fault instanceof Offline || (loading && line.value === 'down');

/** Shows an answer: what is loading, why there is none, or what it is; an old one is marked as old. */
export function Shown<T>({ answer, lines, children }: { answer: Answer<T>; lines?: number; children: (data: T) => ComponentChildren }) {
  const { data, fault, loading, at } = answer;
  if (data === null) return fault ? <Fault fault={fault} /> : <Loading lines={lines ?? 3} />;
  return (
    <div class={loading ? 'shown asking' : 'shown'} aria-busy={loading}>
      {(fault || isCut(answer)) && at !== null && (
        <p class="stale" role="status">
          {fill(say().stale, { at: moment(at) })}
        </p>
      )}
      {children(data)}
    </div>
  );
}
