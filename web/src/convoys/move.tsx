// What happened to a convoy: a move to another stage, a delay, another route, a note. It too goes through the queue.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isNow } from '../clocks';
import { may, me, today } from '../me';
import { ask, route } from '../route';
import { colon, day, fill, listMark, moment as written, words } from '../tongue';
import { type Convoy, useNames } from './data';
import { moment, readNumber } from './draft';
import { arrive, firstWrong, follow } from './follow';
import { type Against, Choice, Line, Long, Typed } from './inputs';
import { formKey, useKept } from './kept';
import { type MoveDraft, emptyMove, moveBody, moveField } from './moving';
import { name } from './names';
import { byField } from './pointer';
import type { Entry } from './queue';
import { add, replace, waiting } from './sending';
import { next } from './stages';
import { keptPlainly } from './waiting';

const own = words({
  en: { title: 'Say what happened', past: 'You look at the past: nothing can be added from there.', theirs: 'This convoy belongs to another organisation; only they, or the coordination, can add to it.', over: 'Its life is over: no stage can follow {stage}. A note can still be added.', what: 'What', stage: 'It is now', date: 'Date', time: 'Time, UTC', place: 'Where, in words', by: 'Who reports it, or stopped it', hours: 'How long, hours', source: 'Source', none: 'own knowledge, no source', note: 'Note', send: 'Send', again: 'Send all the same', missing: 'is needed', number: 'is no number', choose: 'choose', stale: 'Somebody else has changed this convoy since you wrote this. It stands now at: {stage}. Look at what is on record on this page, then send yours, or throw it away.', after: 'What waits here comes first: after that it stands at {stage}.' },
  ar: { title: 'سجّل ما حدث', past: 'أنت تنظر إلى الماضي: لا يمكن إضافة شيء منه.', theirs: 'هذه القافلة تعود لمنظمة أخرى؛ لا يضيف إليها إلا هي أو التنسيق.', over: 'انتهت القافلة: لا مرحلة بعد {stage}. ما زال بالإمكان إضافة ملاحظة.', what: 'ماذا', stage: 'هي الآن', date: 'التاريخ', time: 'الوقت، UTC', place: 'أين، بالكلمات', by: 'من أبلغ أو من أوقفها', hours: 'كم دام، بالساعات', source: 'المصدر', none: 'معرفة مباشرة، بلا مصدر', note: 'ملاحظة', send: 'أرسل', again: 'أرسل رغم ذلك', missing: 'مطلوب', number: 'ليس رقماً', choose: 'اختر', stale: 'غيّر شخص آخر هذه القافلة بعد أن كتبت هذا. مرحلتها الآن: {stage}. انظر إلى المسجّل في هذه الصفحة ثم أرسل ما كتبت أو تخلّص منه.', after: 'ما ينتظر هنا يأتي أولاً: بعده تكون المرحلة {stage}.' },
  fr: { title: 'Dire ce qui s’est passé', past: 'Vous regardez le passé : rien ne peut y être ajouté.', theirs: 'Ce convoi appartient à une autre organisation ; elle seule, ou la coordination, peut y ajouter.', over: 'C’est terminé : aucune étape ne suit « {stage} ». Une note peut encore être ajoutée.', what: 'Quoi', stage: 'Il est maintenant', date: 'Date', time: 'Heure, UTC', place: 'Où, en mots', by: 'Qui le rapporte, ou l’a arrêté', hours: 'Combien de temps, heures', source: 'Source', none: 'connaissance propre', note: 'Note', send: 'Envoyer', again: 'Envoyer quand même', missing: 'est nécessaire', number: 'n’est pas un nombre', choose: 'choisir', stale: 'Quelqu’un d’autre a modifié ce convoi depuis. Il en est maintenant à : {stage}. Regardez ce qui est enregistré sur cette page, puis envoyez le vôtre ou jetez-le.', after: 'Ce qui attend ici passe d’abord : ensuite il en est à « {stage} ».' },
});

/** The form, where the reader may add to this convoy now; else why not, or nothing. */
export function Move({ convoy }: { convoy: Convoy }) {
  if (!may('record.append') || convoy.withdrawn || convoy.version === null) return null;
  if (!isNow()) return <p class="note">{own().past}</p>;
  if (me.value?.role === 'partner' && convoy.owner !== me.value.organisation) return <p class="note">{own().theirs}</p>;
  const mend = route.value.params.get('mend');
  const entry = waiting.value.find((one) => one.id === mend && one.refused && one.seen?.ref === convoy.code) ?? null;
  return <Form key={formKey(entry?.id ?? '')} convoy={convoy} entry={entry} />;
}

/** Moves of this convoy that wait here: the next one comes after them. */
function before(convoy: Convoy): { stage: string; version: number; waits: boolean } {
  const ahead = waiting.value.filter((one) => one.kind === 'move' && !one.refused && one.seen?.ref === convoy.code);
  const stage = ahead.map((one) => (one.form as MoveDraft).stage).findLast((one) => one !== '');
  return { stage: stage ?? convoy.stage ?? '', version: ahead[0]?.seen?.version ?? convoy.version ?? 0, waits: stage !== undefined };
}

/** What can be told to be wrong without asking. */
function lacking({ what, stage, day: on, hours }: MoveDraft): Record<string, string> {
  const found: Record<string, string> = {};
  if (what === 'move' && !stage) found.stage = own().missing;
  if (!on) found.day = own().missing;
  if (what === 'delay' && hours.trim() && readNumber(hours) === null) found.hours = own().number;
  return found;
}

function Form({ convoy, entry }: { convoy: Convoy; entry: Entry | null }) {
  const [draft, change, clear] = useKept<MoveDraft>(entry ? `mend.${entry.id}` : `move.${convoy.code}`, () => emptyMove(today()), (entry?.form as MoveDraft) ?? null);
  const [isAsked, setAsked] = useState(false);
  const lack: Record<string, string> = isAsked ? lacking(draft) : {};
  const sources = useNames('sources');
  const form = useRef<HTMLFormElement>(null);
  const { stage, version, waits } = before(convoy);
  const refused = entry?.refused ?? null;
  const isStale = refused?.status === 412;
  const said = refused && !isStale ? byField(refused.problems.length > 0 ? refused.problems : [{ pointer: refused.code === 'impossible_move' ? '/stage' : '', detail: refused.detail }], moveField) : {};
  const wrong = (field: string): Against[] => [...(lack[field] ? [lack[field]] : []), ...(said[field] ?? [])];
  const possible = next(stage);
  useEffect(() => arrive(route.peek().params.get('mend'), firstWrong(form.current)), []);
  const send = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(lacking(draft)).length > 0) {
      requestAnimationFrame(() => firstWrong(form.current)?.focus());
      return;
    }
    const title = `${convoy.code}${colon()}${name(draft.what === 'move' ? draft.stage : draft.what)}${listMark()}${draft.time ? written(moment(draft.day, draft.time)) : day(draft.day)}`;
    const steps = [{ url: `/api/v1/convoys/${encodeURIComponent(convoy.code)}/events`, body: moveBody(draft) }];
    const seen = { ref: convoy.code, version };
    // In another tab it may have been sent, or thrown away, meanwhile.
    if (entry && !replace(entry.id, { title, form: draft, seen, done: 0, steps: steps.map((step) => ({ ...step, key: '' })) })) return;
    const id = entry ? entry.id : add({ kind: 'move', title, form: draft, seen, steps });
    clear();
    setAsked(false);
    follow(id);
    // Is it refused, then it is here that it is mended.
    ask({ mend: id });
  };
  const stages = [...new Set([...possible, ...(draft.stage ? [draft.stage] : [])])].map((one) => ({ value: one, label: name(one) }));
  return (
    <form class="move" ref={form} tabIndex={-1} onSubmit={send} noValidate>
      <h2>{own().title}</h2>
      {isStale && (
        <p class="wrong" role="alert" tabIndex={-1}>
          {fill(own().stale, { stage: name(convoy.stage ?? '') })}
        </p>
      )}
      {waits && <p class="note">{fill(own().after, { stage: name(stage) })}</p>}
      {possible.length === 0 && <p class="note">{fill(own().over, { stage: name(stage) })}</p>}
      {(said[''] ?? []).map((one) => (
        <p key={one.text} class="wrong" tabIndex={-1}>
          <Line of={one} />
        </p>
      ))}
      <div class="row">
        <Choice label={own().what} value={draft.what} onInput={(what) => change({ what: what as MoveDraft['what'] })} options={(['move', 'delay', 'reroute', 'note'] as const).map((value) => ({ value, label: name(value) }))} />
        {draft.what === 'move' && <Choice label={own().stage} value={draft.stage} onInput={(value) => change({ stage: value })} wrong={wrong('stage')} options={[{ value: '', label: own().choose }, ...stages]} />}
        {draft.what === 'delay' && <Typed label={own().hours} type="number" value={draft.hours} onInput={(hours) => change({ hours })} wrong={wrong('hours')} />}
        <Typed label={own().date} type="date" value={draft.day} onInput={(on) => change({ day: on })} wrong={wrong('day')} required />
        <Typed label={own().time} type="time" value={draft.time} onInput={(time) => change({ time })} />
      </div>
      <div class="row">
        <Typed label={own().place} value={draft.place} onInput={(place) => change({ place })} wrong={wrong('place')} />
        <Typed label={own().by} value={draft.by} onInput={(by) => change({ by })} wrong={wrong('by')} />
        <Choice label={own().source} value={draft.source} onInput={(source) => change({ source })} wrong={wrong('source')} options={[{ value: '', label: own().none }, ...sources.list.map(({ code, name: called }) => ({ value: code, label: called }))]} />
      </div>
      <Long label={own().note} value={draft.note} onInput={(note) => change({ note })} wrong={wrong('note')} />
      <p class="note">{keptPlainly()}</p>
      <div class="do">
        <button type="submit">{entry ? own().again : own().send}</button>
      </div>
    </form>
  );
}
