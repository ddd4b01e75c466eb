// What came, what is in store and until when it lasts, for one sector at a time; they are never added to each other.
import { useSignal } from '@preact/signals';
import { type Answer, worded, useAnswer } from '../api';
import { daysBetween } from '../clocks';
import { isForeseen } from '../days';
import { Figure } from '../figure';
import { to } from '../route';
import { Empty, Shown } from '../state';
import { type Forms, colon, day, fill, number, percent, plural, words } from '../tongue';
import { share, spoken } from '../estimate';
import { isUnknown, rough, spread } from './amount';
import type { Coverage, Input, Outlook } from './kinds';
import { Remarks } from './remarks';
import { behind, Source, useCite } from '../source';
import { SupplyChart } from './supply-chart';
import { term } from './terms';

const say = words({
  en: {
    title: 'Deliveries, stock, and how long it lasts', sector: 'Sector', table: 'As a table, with all that it rests on', date: 'Date', what: 'What', amount: 'Amount', stated: 'As stated', used: 'Reckoned with', record: 'Record', source: 'Source', yes: 'yes', no: 'no', unsaid: 'size not known',
    none: 'Nothing is known', noneMore: 'No delivery, stock or statement of this sector is on record for this area at this time.', coverage: 'Over {from} to {to}, {share} of the food need was met by what was known.', coverageUnknown: 'How much of the food need was met is not known.', last: 'Last delivery known: {day} ({ago}).', noLast: 'No delivery is known.',
    ago: { one: '{n} day before', other: '{n} days before' } as Forms, statements: 'What was said', runs: 'Runs out: early {early}, middle {middle}, late {late}.', beyond: 'more than {n} days ahead', formula: 'How it is reckoned', notBefore: 'The earliest day, by known deliveries alone: {day}.', method: 'Method', said: 'said by',
  },
  ar: {
    title: 'عمليات التسليم والمخزون ومدة كفايته', sector: 'القطاع', table: 'على شكل جدول، مع كل ما يستند إليه', date: 'التاريخ', what: 'ماذا', amount: 'الكمية', stated: 'كما ذُكر', used: 'محسوب', record: 'السجل', source: 'المصدر', yes: 'نعم', no: 'لا', unsaid: 'الكمية غير معروفة',
    none: 'لا شيء معروف', noneMore: 'لا تسليم ولا مخزون ولا قول مسجل لهذا القطاع في هذه المنطقة في هذا الوقت.', coverage: 'من {from} إلى {to} غطّى المعروف {share} من الحاجة الغذائية.', coverageUnknown: 'نسبة تغطية الحاجة الغذائية غير معروفة.', last: 'آخر تسليم معروف: {day} ({ago}).', noLast: 'لا تسليم معروف.',
    ago: { one: 'قبل يوم', two: 'قبل يومين', few: 'قبل {n} أيام', many: 'قبل {n} يوماً', other: 'قبل {n} يوم' }, statements: 'ما قيل', runs: 'النفاد: المبكر {early}، الأوسط {middle}، المتأخر {late}.', beyond: 'بعد أكثر من {n} يوماً', formula: 'كيف حُسب', notBefore: 'اليوم الأبكر، حسب عمليات التسليم المعروفة وحدها: {day}.', method: 'الطريقة', said: 'قاله',
  },
  fr: {
    title: 'Livraisons, stocks et durée', sector: 'Secteur', table: 'En tableau, avec tout ce sur quoi cela repose', date: 'Date', what: 'Quoi', amount: 'Quantité', stated: 'Tel que dit', used: 'Compté', record: 'Enregistrement', source: 'Source', yes: 'oui', no: 'non', unsaid: 'quantité inconnue',
    none: 'Rien n’est connu', noneMore: 'Aucune livraison, aucun stock ni aucune déclaration de ce secteur n’est enregistré pour cette zone à ce moment.', coverage: 'Du {from} au {to}, ce qui est connu a couvert {share} du besoin alimentaire.', coverageUnknown: 'La part couverte du besoin alimentaire n’est pas connue.', last: 'Dernière livraison connue : {day} ({ago}).', noLast: 'Aucune livraison n’est connue.',
    ago: { one: '{n} jour avant', other: '{n} jours avant' }, statements: 'Ce qui a été dit', runs: 'Épuisement : au plus tôt {early}, milieu {middle}, au plus tard {late}.', beyond: 'à plus de {n} jours', formula: 'Comment c’est calculé', notBefore: 'Le jour le plus précoce, d’après les seules livraisons connues : {day}.', method: 'Méthode', said: 'dit par',
  },
});

export const SECTORS = ['food', 'water', 'health', 'fuel'];

export function Supply({ code, coverage }: { code: string; coverage: Answer<Coverage> }) {
  const sector = useSignal('food');
  const answer = useAnswer<Outlook>(worded(`/api/v1/areas/${encodeURIComponent(code)}/outlook`, { sector: sector.value }));
  useCite('supply', [...(answer.data?.inputs ?? []), ...(answer.data?.statements ?? [])].map((one) => one.source));
  return (
    <section aria-labelledby="area-supply">
      <h2 id="area-supply">{say().title}</h2>
      <fieldset class="sectors">
        <legend class="unseen">{say().sector}</legend>
        {SECTORS.map((name) => (
          <label key={name} class="check">
            <input type="radio" name="sector" checked={sector.value === name} onChange={() => (sector.value = name)} /> {term('sector', name)}
          </label>
        ))}
      </fieldset>
      {sector.value === 'food' && <Shown answer={coverage} lines={1}>{(found) => <Covered coverage={found} />}</Shown>}
      <Shown answer={answer} lines={6}>
        {(outlook) => <Told outlook={outlook} />}
      </Shown>
    </section>
  );
}

function Covered({ coverage }: { coverage: Coverage }) {
  const row = coverage.data[0];
  useCite('coverage', row?.sources ?? []);
  if (!row) return null;
  const [before, after = ''] = fill(say().coverage, { from: day(coverage.from), to: day(coverage.to) }).split('{share}');
  const told = row.population === null ? null : spoken(share(row.coverage), percent);
  return (
    <p>
      {told === null ? (
        say().coverageUnknown
      ) : (
        <>
          {before}
          <Figure date={day(coverage.to)} flags={row.status === 'ok' ? [] : [term('flag', row.status)]} more={behind(row.sources)}>
            {told}
          </Figure>
          {after}
        </>
      )}{' '}
      {row.last_delivery ? fill(say().last, { day: day(row.last_delivery), ago: plural(row.days_since_last_delivery ?? daysBetween(row.last_delivery.slice(0, 10), coverage.to.slice(0, 10)), say().ago) }) : say().noLast}
    </p>
  );
}

function Told({ outlook }: { outlook: Outlook }) {
  const { runs_out_on: out } = outlook;
  // A day that is not told is beyond the days looked ahead.
  const on = (at: string | null) => (at ? day(at) : fill(say().beyond, { n: number(outlook.horizon_days) }));
  const has = outlook.inputs.some((input) => ['arrival', 'stock', 'loss', 'planned', 'inflow'].includes(input.input));
  if (!has && outlook.statements.length === 0) {
    return (
      <>
        <Empty title={say().none}>{say().noneMore}</Empty>
        <Remarks sentences={outlook.notes} />
      </>
    );
  }
  return (
    <>
      {isForeseen(outlook.days_left) && <p>{fill(say().runs, { early: on(out.p10), middle: on(out.p50), late: on(out.p90) })}</p>}
      {!isForeseen(outlook.days_left) && outlook.not_before && <p>{fill(say().notBefore, { day: day(outlook.not_before) })}</p>}
      {has && <SupplyChart outlook={outlook} />}
      <Remarks sentences={outlook.notes} />
      <details>
        <summary>{say().table}</summary>
        <Inputs outlook={outlook} />
        <p class="quiet">
          {say().formula}{colon()}{outlook.formula}
        </p>
      </details>
      <Statements outlook={outlook} />
    </>
  );
}

function unitOf(input: Input, outlook: Outlook): string {
  return input.input === 'population' ? '' : ` ${term('unit', outlook.unit)}`;
}

function Inputs({ outlook }: { outlook: Outlook }) {
  const rows = [...outlook.inputs].sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">{say().what}</th>
          <th scope="col">{say().date}</th>
          <th scope="col" class="number">{say().amount}</th>
          <th scope="col">{say().stated}</th>
          <th scope="col">{say().used}</th>
          <th scope="col">{say().source}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((input) => (
          <tr key={input.record.code + input.input}>
            <th scope="row">
              {input.record.kind === 'convoy' ? <a href={to('convoys', input.record.code)}>{term('input', input.input)}</a> : term('input', input.input)}
              <span class="under">
                <bdi>{input.record.code}</bdi>
              </span>
            </th>
            <td data-name={say().date}>{input.date && <span class="nowrap">{day(input.date)}</span>}</td>
            <td class="number" data-name={say().amount}>
              <span>{isUnknown(input.amount) ? <span class="unknown">{say().unsaid}</span> : spread(input.amount, rough) + unitOf(input, outlook)}</span>
            </td>
            <td data-name={say().stated} dir="auto">{input.stated}</td>
            <td data-name={say().used}>
              <span>
                {input.used ? say().yes : say().no}
                {input.why && (
                  <span class="under" dir="auto">
                    {term('why', input.why)}
                  </span>
                )}
              </span>
            </td>
            <td data-name={say().source}>
              <span>
                <Source codes={[input.source]} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Statements({ outlook }: { outlook: Outlook }) {
  if (outlook.statements.length === 0) return null;
  return (
    <>
      <h3>{say().statements}</h3>
      <ul class="happened">
        {outlook.statements.map((statement) => (
          <li key={statement.record.code}>
            <span class="when">{day(statement.date)}</span>
            <div>
              <p dir="auto">{statement.text}</p>
              <span class="under">
                {statement.said_by && (
                  <>
                    {say().said} <bdi>{statement.said_by}</bdi> ·{' '}
                  </>
                )}
                <Source codes={[statement.source]} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}
