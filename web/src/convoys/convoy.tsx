// One convoy: what it is, what it brings, what happened to it, what each source says, and how that came to be known.
import { address, useAnswer } from '../api';
import { to } from '../route';
import { Empty, Shown } from '../state';
import { day, either, fill, listMark, words } from '../tongue';
import { Coverage, OwnFunnel } from './coverage';
import { type Convoy, listed, useNames } from './data';
import { Move } from './move';
import { goodsName, name } from './names';
import { Attachments, History } from './papers';
import { say } from './say';
import { Accounts, Events } from './said';

const own = words({
  en: { back: 'All convoys', code: 'Code', stage: 'Stage', mode: 'How it travels', date: 'Date', areas: 'Goes to', organisations: 'Organisations', route: 'Route', cargo: 'Carries', source: 'Main source', partOf: 'Part of', owner: 'Belongs to', level: 'Who may see it', note: 'Note', withdrawn: 'This convoy was taken back: it does not count any more.', embargo: 'This convoy is planned, under way or closed only lately. More of it is shown to you some time after it is over, for the safety of those on the road.', partly: 'Not shown to you: {fields}', learned: 'known since {day}' },
  ar: { back: 'كل القوافل', code: 'الرمز', stage: 'المرحلة', mode: 'طريقة السير', date: 'التاريخ', areas: 'الوجهة', organisations: 'المنظمات', route: 'الطريق', cargo: 'الحمولة', source: 'المصدر الرئيسي', partOf: 'جزء من', owner: 'تعود إلى', level: 'من يراها', note: 'ملاحظة', withdrawn: 'سُحبت هذه القافلة: لم تعد تُحسب.', embargo: 'هذه القافلة مخطط لها أو في الطريق أو أُغلق ملفها مؤخراً. يُعرض لك المزيد بعد انتهائها بمدة، حفاظاً على سلامة من هم على الطريق.', partly: 'غير معروض لك: {fields}', learned: 'معروفة منذ {day}' },
  fr: { back: 'Tous les convois', code: 'Code', stage: 'Étape', mode: 'Mode', date: 'Date', areas: 'Va vers', organisations: 'Organisations', route: 'Itinéraire', cargo: 'Transporte', source: 'Source principale', partOf: 'Fait partie de', owner: 'Appartient à', level: 'Qui peut le voir', note: 'Note', withdrawn: 'Ce convoi a été retiré : il ne compte plus.', embargo: 'Ce convoi est prévu, en route ou clos depuis peu. Le reste vous sera montré quelque temps après la fin, pour la sécurité de ceux qui sont sur la route.', partly: 'Non affiché pour vous : {fields}', learned: 'connu depuis le {day}' },
});

export function OneConvoy({ code }: { code: string }) {
  const ref = encodeURIComponent(code);
  const answer = useAnswer<Convoy>(address(`/api/v1/convoys/${ref}`));
  return (
    <>
      <p class="back">
        <a href={to('convoys')}>{own().back}</a>
      </p>
      <Shown answer={answer} lines={8}>
        {(convoy) => <Page convoy={convoy} />}
      </Shown>
    </>
  );
}

function Page({ convoy }: { convoy: Convoy }) {
  const sources = useNames('sources');
  return (
    <article class="convoy">
      <h1>
        <bdi>{convoy.title ?? convoy.code}</bdi>
      </h1>
      {convoy.withdrawn && <p class="wrong">{own().withdrawn}</p>}
      <Facts convoy={convoy} sourceName={sources.of} />
      {convoy.under_embargo ? (
        <Empty title={own().embargo} />
      ) : (
        <>
          {convoy.withheld?.length > 0 && <p class="note">{fill(own().partly, { fields: listed(convoy.withheld.map(name)) })}</p>}
          {!convoy.withdrawn && <Coverage code={convoy.code} />}
          {!convoy.withdrawn && <OwnFunnel code={convoy.code} />}
          <Events events={convoy.events} sourceName={sources.of} />
          <Move convoy={convoy} />
          <Accounts accounts={convoy.accounts} sourceName={sources.of} />
          <Attachments code={convoy.code} />
          <History code={convoy.code} />
        </>
      )}
    </article>
  );
}

function Facts({ convoy, sourceName }: { convoy: Convoy; sourceName: (code: string) => string }) {
  const areas = useNames('areas');
  const organisations = useNames('organisations');
  const cargo = [...new Set((convoy.drops ?? []).flatMap((drop) => drop.cargo ?? []))];
  const list = (codes: string[] | null, view: 'areas' | 'convoys', called: (code: string) => string) =>
    (codes ?? []).map((code, index) => (
      <span key={code}>
        {index > 0 && listed(['', ''])}
        <a href={to(view, code)}>{called(code)}</a>
      </span>
    ));
  const when = [convoy.date, convoy.date_end].filter((at) => at !== null && at !== undefined).map((at) => day(at));
  const facts: [string, preact.ComponentChildren][] = [
    [own().code, <code key="code">{convoy.code}</code>],
    [own().stage, convoy.stage && <b key="stage">{name(convoy.stage)}</b>],
    [own().date, when.length > 0 && `${when.join(' – ')}${convoy.date_precision ? `${listMark()}${name(convoy.date_precision)}` : ''}`],
    [own().mode, convoy.mode && [name(convoy.mode), convoy.convoy_type === 'mission' ? name('mission') : ''].filter(Boolean).join(listMark())],
    [own().areas, (convoy.areas ?? []).length > 0 && list(convoy.areas, 'areas', areas.of)],
    [own().organisations, listed((convoy.organisations ?? []).map(organisations.of))],
    [own().cargo, cargo.length > 0 && cargo.map(goodsName).join(either())],
    [own().route, convoy.route],
    [own().partOf, (convoy.part_of ?? []).length > 0 && list(convoy.part_of, 'convoys', (code) => code)],
    [own().source, convoy.source && (
      <span key="source">
        <bdi>{sourceName(convoy.source)}</bdi>
        {convoy.learned_at && `${listMark()}${fill(own().learned, { day: day(convoy.learned_at) })}`}
      </span>
    )],
    [own().owner, convoy.owner],
    [own().level, convoy.level && name(convoy.level)],
    [own().note, convoy.note],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      {!convoy.stage && !convoy.under_embargo && <span class="unknown">{say().unknown}</span>}
    </dl>
  );
}
