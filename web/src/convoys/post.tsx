// The form that posts a convoy. What is sent goes through the queue, with a line or without one.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isNow } from '../clocks';
import { may } from '../me';
import { ask, go, route, to } from '../route';
import type { Told } from '../refusals';
import { Empty, NotAllowed } from '../state';
import { listMark, words } from '../tongue';
import { useNames } from './data';
import { type Draft, type Lack, emptyDraft, emptyDrop, lacks, toBody, toSource } from './draft';
import { DropFields } from './drop';
import { arrive, firstWrong, follow } from './follow';
import { type Against, Choice, Line, Long, Several, Typed, isUnfit } from './inputs';
import { formKey, useKept } from './kept';
import { name } from './names';
import { byField, fieldOf, sourceFieldOf } from './pointer';
import type { Entry } from './queue';
import { add, isOthers, replace, waiting } from './sending';
import { STAGES } from './stages';
import { keptPlainly } from './waiting';

const own = words({
  en: { theirs: 'This was written by somebody else. It is shown to them when they are logged in.', past: 'You look at the past: nothing can be posted from there. Go back to now.', not: 'Your role may not post convoys', onWay: 'Kept here and on its way', onWayMore: 'It is sent by itself while a page of Passage is open here and there is a line. You can go on; a page that is closed sends nothing.', another: 'Post another convoy', code: 'Code', codeHelp: 'Left empty, Passage gives one', name: 'Short name', mode: 'How it travels', date: 'Date', choose: 'choose', what: 'The convoy', stage: 'Where it stands', planned: 'planned, nothing yet', since: 'Since', time: 'Time, UTC', where: 'Where it goes', more: 'Add another destination', quantities: 'The quantities are', organisations: 'Organisations', source: 'Who says so', sourceIs: 'Source', none: 'own knowledge, no source', known: 'a source on record', new: 'a new source', which: 'Which', newName: 'What it is called', newNameHelp: 'As: OCHA Flash Update 4', publisher: 'Who publishes it', url: 'Address', dated: 'Dated', newCode: 'Its code', newCodeHelp: 'Left empty, made of name and date', note: 'Note', send: 'Send', again: 'Send again', clear: 'Empty the form', missing: 'is needed', number: 'is no number', range: 'is no number, nor a range as 8–10', someWrong: 'Something is missing or wrong. It stands beside the fields.', draft: 'A draft is kept as you type.' },
  ar: { theirs: 'كتب هذا شخص آخر، ويُعرض له عندما يسجّل الدخول.', past: 'أنت تنظر إلى الماضي: لا يمكن التسجيل منه. عُد إلى الآن.', not: 'لا يسمح دورك بتسجيل القوافل', onWay: 'محفوظة هنا وفي طريقها', onWayMore: 'تُرسل تلقائياً ما دامت صفحة من Passage مفتوحة هنا والاتصال قائماً. يمكنك المتابعة؛ الصفحة المغلقة لا ترسل شيئاً.', another: 'سجّل قافلة أخرى', code: 'الرمز', codeHelp: 'إن تُرك فارغاً يعطيه Passage', name: 'اسم قصير', mode: 'طريقة السير', date: 'التاريخ', choose: 'اختر', what: 'القافلة', stage: 'مرحلتها', planned: 'مخطط لها، لا شيء بعد', since: 'منذ', time: 'الوقت، UTC', where: 'وجهتها', more: 'أضف وجهة أخرى', quantities: 'الكميات هي', organisations: 'المنظمات', source: 'من يقول ذلك', sourceIs: 'المصدر', none: 'معرفة مباشرة، بلا مصدر', known: 'مصدر مسجّل', new: 'مصدر جديد', which: 'أيّ مصدر', newName: 'اسم المصدر', newNameHelp: 'مثل: OCHA Flash Update 4', publisher: 'الناشر', url: 'العنوان', dated: 'تاريخه', newCode: 'رمزه', newCodeHelp: 'إن تُرك فارغاً يُؤخذ من الاسم والتاريخ', note: 'ملاحظة', send: 'أرسل', again: 'أرسل من جديد', clear: 'أفرغ الاستمارة', missing: 'مطلوب', number: 'ليس رقماً', range: 'ليس رقماً ولا مدى مثل 8–10', someWrong: 'شيء ناقص أو غير صحيح، وهو مبيّن بجانب الحقول.', draft: 'تُحفظ المسودة أثناء الكتابة.' },
  fr: { theirs: 'Ceci a été écrit par quelqu’un d’autre et lui est montré quand il est connecté.', past: 'Vous regardez le passé : rien ne peut y être saisi. Revenez à maintenant.', not: 'Votre rôle ne permet pas de saisir des convois', onWay: 'Gardé ici et en route', onWayMore: 'L’envoi se fait tout seul tant qu’une page de Passage est ouverte ici et que la liaison est là. Vous pouvez continuer ; une page fermée n’envoie rien.', another: 'Saisir un autre convoi', code: 'Code', codeHelp: 'Laissé vide, Passage en donne un', name: 'Nom court', mode: 'Mode', date: 'Date', choose: 'choisir', what: 'Le convoi', stage: 'Où il en est', planned: 'prévu, rien encore', since: 'Depuis', time: 'Heure, UTC', where: 'Où il va', more: 'Ajouter une destination', quantities: 'Les quantités sont', organisations: 'Organisations', source: 'Qui le dit', sourceIs: 'Source', none: 'connaissance propre', known: 'une source enregistrée', new: 'une nouvelle source', which: 'Laquelle', newName: 'Son nom', newNameHelp: 'Par exemple : OCHA Flash Update 4', publisher: 'Qui la publie', url: 'Adresse', dated: 'Datée du', newCode: 'Son code', newCodeHelp: 'Laissé vide, fait du nom et de la date', note: 'Note', send: 'Envoyer', again: 'Renvoyer', clear: 'Vider le formulaire', missing: 'est nécessaire', number: 'n’est pas un nombre', range: 'n’est ni un nombre ni un intervalle comme 8–10', someWrong: 'Quelque chose manque ou est faux ; c’est indiqué à côté des champs.', draft: 'Un brouillon est gardé pendant la saisie.' },
});

const MODES = ['cross_line', 'cross_border', 'airdrop', 'airlift', 'local_distribution'];
const QUANTITIES = ['requested', 'approved', 'loaded', 'delivered'];

export function Post() {
  const mend = route.value.params.get('mend');
  const entry = waiting.value.find((one) => one.id === mend);
  const isTheirs = mend !== null && isOthers(mend);
  const isGone = mend !== null && !entry && !isTheirs;
  useEffect(() => {
    // It was taken: what came of it is told above the board.
    if (!isGone) return;
    arrive(mend, document.getElementById('kept-told') ?? document.getElementById('main'));
    go(to('convoys'));
  }, [isGone]);
  if (!isNow()) return <Empty title={own().past} />;
  if (!may('record.create')) return <NotAllowed title={own().not} />;
  if (isTheirs) return <Empty title={own().theirs} />;
  if (isGone) return null;
  if (entry && !entry.refused) return <OnWay id={entry.id} />;
  return <Form key={formKey(mend ?? '')} entry={entry ?? null} />;
}

function OnWay({ id }: { id: string }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => arrive(id, place.current), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Empty title={own().onWay}>
        {own().onWayMore} <a href={to('convoys', null, { show: 'post' })}>{own().another}</a>
      </Empty>
    </div>
  );
}

/** What stood in the form; a source that was taken before the convoy was refused is on record by now. */
function written(entry: Entry | null): Draft | null {
  if (!entry) return null;
  const draft = entry.form as Draft;
  const source = toSource(draft);
  return source && entry.done > 0 ? { ...draft, sourceIs: 'known', source: String(source.code) } : draft;
}

/** What the program said against each field. */
function refusedFields(entry: Entry | null): Record<string, Told[]> {
  if (!entry?.refused) return {};
  const draft = entry.form as Draft;
  const { problems, detail, step } = entry.refused;
  const isSource = toSource(draft) !== null && step === 0;
  const all = problems.length > 0 ? problems : [{ pointer: '', detail }];
  return byField(all, isSource ? sourceFieldOf : (pointer) => fieldOf(pointer, draft));
}

function Form({ entry }: { entry: Entry | null }) {
  const [draft, change, clear] = useKept<Draft>(entry ? `mend.${entry.id}` : 'convoy', emptyDraft, written(entry));
  const [isAsked, setAsked] = useState(false);
  const lack: Record<string, Lack> = isAsked ? lacks(draft) : {};
  const form = useRef<HTMLFormElement>(null);
  const said = refusedFields(entry);
  const areas = useNames('areas');
  const wrong = (field: string): Against[] => {
    const lacking = lack[field];
    return [...(lacking ? [own()[lacking]] : []), ...(said[field] ?? [])];
  };
  useEffect(() => arrive(entry?.id ?? null, firstWrong(form.current)), []);
  const send = (event: Event) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(lacks(draft)).length > 0 || isUnfit(form.current)) {
      requestAnimationFrame(() => firstWrong(form.current)?.focus());
      return;
    }
    const source = toSource(draft);
    const steps = [...(source ? [{ url: '/api/v1/sources', body: source }] : []), { url: '/api/v1/convoys', body: toBody(draft) }];
    const places = draft.drops.flatMap((drop) => drop.areas.map(areas.of)).join(listMark());
    const title = draft.code || draft.title || `${places}, ${draft.date}`;
    // In another tab it may have been sent, or thrown away, meanwhile.
    if (entry && !replace(entry.id, { title, form: draft, done: 0, steps: steps.map((step) => ({ ...step, key: '' })) })) return;
    const id = entry ? entry.id : add({ kind: 'convoy', title, form: draft, seen: null, steps });
    clear();
    follow(id);
    ask({ mend: id });
  };
  return (
    <form class="post" ref={form} tabIndex={-1} onSubmit={send} noValidate>
      {(said['']?.length ?? 0) > 0 && (
        <ul class="problems" tabIndex={-1}>
          {said['']?.map((one) => (
            <li key={one.text}>
              <Line of={one} />
            </li>
          ))}
        </ul>
      )}
      <What draft={draft} change={change} wrong={wrong} />
      <fieldset>
        <legend>{own().where}</legend>
        {draft.drops.map((drop, index) => (
          <DropFields
            key={drop.id}
            drop={drop}
            areas={areas}
            wrong={(field) => wrong(`drops.${index}.${field}`)}
            onChange={(part) => change({ drops: draft.drops.map((other) => (other.id === drop.id ? { ...other, ...part } : other)) })}
            onRemove={draft.drops.length > 1 ? () => change({ drops: draft.drops.filter((other) => other.id !== drop.id) }) : null}
          />
        ))}
        <div class="row short">
          <Choice label={own().quantities} value={draft.quantities} onInput={(value) => change({ quantities: value as Draft['quantities'] })} options={QUANTITIES.map((value) => ({ value, label: name(value) }))} />
        </div>
        <button type="button" class="second" onClick={() => change({ drops: [...draft.drops, emptyDrop()] })}>
          {own().more}
        </button>
      </fieldset>
      <Source draft={draft} change={change} wrong={wrong} />
      <Long label={own().note} value={draft.note} onInput={(note) => change({ note })} wrong={wrong('note')} />
      <p class="note">
        {own().draft} {keptPlainly()}
      </p>
      {Object.keys(lack).length > 0 && (
        <p class="wrong" role="alert">
          {own().someWrong}
        </p>
      )}
      <div class="do">
        <button type="submit">{entry ? own().again : own().send}</button>
        <button type="button" class="plain" onClick={() => (clear(), setAsked(false))}>
          {own().clear}
        </button>
      </div>
    </form>
  );
}

interface Part {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  wrong: (field: string) => Against[];
}

function What({ draft, change, wrong }: Part) {
  const organisations = useNames('organisations');
  const stages = STAGES.filter((stage) => stage !== 'planned').map((stage) => ({ value: stage, label: name(stage) }));
  return (
    <fieldset>
      <legend>{own().what}</legend>
      <div class="row">
        <Choice label={own().mode} value={draft.mode} onInput={(mode) => change({ mode })} wrong={wrong('mode')} required options={[{ value: '', label: own().choose }, ...MODES.map((mode) => ({ value: mode, label: name(mode) }))]} />
        <Typed label={own().date} type="date" value={draft.date} onInput={(date) => change({ date })} wrong={wrong('date')} required />
        <Typed label={own().code} value={draft.code} onInput={(code) => change({ code })} wrong={wrong('code')} help={own().codeHelp} ltr />
        <Typed label={own().name} value={draft.title} onInput={(title) => change({ title })} wrong={wrong('title')} />
      </div>
      <div class="row">
        <Choice label={own().stage} value={draft.stage} onInput={(stage) => change({ stage })} wrong={wrong('stage')} options={[{ value: '', label: own().planned }, ...stages]} />
        {draft.stage && <Typed label={own().since} type="date" value={draft.stageDate} onInput={(stageDate) => change({ stageDate })} wrong={wrong('stageDate')} />}
        {draft.stage && <Typed label={own().time} type="time" value={draft.stageTime} onInput={(stageTime) => change({ stageTime })} />}
        <Several
          label={own().organisations}
          value={draft.organisations}
          onInput={(value) => change({ organisations: value })}
          wrong={wrong('organisations')}
          names={organisations}
        />
      </div>
    </fieldset>
  );
}

function Source({ draft, change, wrong }: Part) {
  const sources = useNames('sources');
  const { newSource } = draft;
  const set = (part: Partial<Draft['newSource']>) => change({ newSource: { ...newSource, ...part } });
  return (
    <fieldset>
      <legend>{own().source}</legend>
      <div class="row">
        <Choice label={own().sourceIs} value={draft.sourceIs} onInput={(value) => change({ sourceIs: value as Draft['sourceIs'] })} options={(['none', 'known', 'new'] as const).map((value) => ({ value, label: own()[value] }))} />
        {draft.sourceIs === 'known' && (
          <Choice label={own().which} value={draft.source} onInput={(source) => change({ source })} wrong={wrong('source')} options={[{ value: '', label: own().choose }, ...sources.list.map(({ code, name: called }) => ({ value: code, label: called }))]} />
        )}
        {draft.sourceIs === 'new' && <Typed label={own().newName} value={newSource.name} onInput={(value) => set({ name: value })} wrong={wrong('newSource.name')} help={own().newNameHelp} required />}
        {draft.sourceIs === 'new' && <Typed label={own().dated} type="date" value={newSource.date} onInput={(date) => set({ date })} wrong={wrong('newSource.date')} />}
      </div>
      {draft.sourceIs === 'new' && (
        <div class="row">
          <Typed label={own().publisher} value={newSource.publisher} onInput={(publisher) => set({ publisher })} wrong={wrong('newSource.publisher')} />
          <Typed label={own().url} type="url" value={newSource.url} onInput={(url) => set({ url })} wrong={wrong('newSource.url')} ltr />
          <Typed label={own().newCode} value={newSource.code} onInput={(code) => set({ code })} wrong={wrong('newSource.code')} help={own().newCodeHelp} ltr />
        </div>
      )}
    </fieldset>
  );
}
