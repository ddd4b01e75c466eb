// What a convoy's cargo covers: as claimed, as computed from the goods, and after losses; and its own funnel.
import { address, useAnswer } from '../api';
import { estimate, ratio, reckoned, spoken } from '../estimate';
import { Figure } from '../figure';
import { Shown } from '../state';
import { colon, day, either, fill, listMark, number, percent, words } from '../tongue';
import { Bars, measureName } from './bars';
import { type Estimate, listed, useNames } from './data';
import { name } from './names';
import { type Flow, type Measure, type Totals, isTold, measures, ofFlow } from './steps';

const own = words({
  en: { title: 'What it covers', claimed: 'Claimed', computed: 'Computed', after: 'After losses', trucks: 'Trucks', targeted: 'People it was for', reached: 'People reached', fed: 'People fed for {n} days', personDays: 'Food, person-days', water: 'Water, person-days', health: 'Health, person-days', perTruck: 'People fed per truck', removed: 'Part taken off', total: 'All destinations', doubts: 'Doubts', howClaimed: 'As the sources say', howComputed: 'From the goods at {kcal} kcal per person and day', howAfter: 'Less handling ({handling}) and diversion ({low} to {high})', planned: 'It has not arrived: nothing of this is delivered.', missing: 'Not everything can be computed: {n} lines of goods are not known well enough.', funnel: 'What became of it', noList: 'No list of its goods is known.', takenBy: 'Taken off', by: 'by {who}', at: 'at {place}', noQuantity: 'quantity unknown', noFigure: 'no figure known' , noLine: 'Goods without any figure'},
  ar: { title: 'ما تغطيه', claimed: 'المُعلن', computed: 'المحسوب', after: 'بعد الفاقد', trucks: 'الشاحنات', targeted: 'المستهدفون', reached: 'من وصلت إليهم', fed: 'من يكفيهم الغذاء {n} يوماً', personDays: 'غذاء، شخص/يوم', water: 'مياه، شخص/يوم', health: 'صحة، شخص/يوم', perTruck: 'من تطعمهم الشاحنة الواحدة', removed: 'الجزء المنزوع', total: 'كل الوجهات', doubts: 'شكوك', howClaimed: 'كما تقول المصادر', howComputed: 'من المواد بمعدل {kcal} سعرة للشخص في اليوم', howAfter: 'بعد خصم المناولة ({handling}) والتحويل ({low} إلى {high})', planned: 'لم تصل بعد: لا شيء من هذا سُلّم.', missing: 'لا يمكن حساب كل شيء: {n} من البنود غير معروفة بما يكفي.', funnel: 'ما جرى لحمولتها', noList: 'لا قائمة معروفة بموادها.', takenBy: 'المنزوع', by: 'من قبل {who}', at: 'في {place}', noQuantity: 'الكمية غير معروفة', noFigure: 'لا رقم معروف', noLine: 'مواد بلا أي رقم' },
  fr: { title: 'Ce qu’il couvre', claimed: 'Annoncé', computed: 'Calculé', after: 'Après pertes', trucks: 'Camions', targeted: 'Personnes visées', reached: 'Personnes atteintes', fed: 'Personnes nourries {n} jours', personDays: 'Vivres, personnes-jours', water: 'Eau, personnes-jours', health: 'Santé, personnes-jours', perTruck: 'Personnes nourries par camion', removed: 'Part retirée', total: 'Toutes destinations', doubts: 'Doutes', howClaimed: 'Selon les sources', howComputed: 'D’après les biens, à {kcal} kcal par personne et par jour', howAfter: 'Moins la manutention ({handling}) et le détournement ({low} à {high})', planned: 'Il n’est pas arrivé : rien de ceci n’est livré.', missing: 'Tout ne peut être calculé : {n} lignes de biens sont trop mal connues.', funnel: 'Ce qu’il en est advenu', noList: 'Aucune liste de ses biens n’est connue.', takenBy: 'Retiré', by: 'par {who}', at: 'à {place}', noQuantity: 'quantité inconnue', noFigure: 'aucun chiffre connu', noLine: 'Biens sans aucun chiffre' },
});

interface Covered {
  claimed: { trucks: Estimate; people_targeted: Estimate; people_reached: Estimate; people_per_truck: number | null };
  computed: {
    food_person_days: number | null;
    water_person_days: number | null;
    health_person_days: number | null;
    people_fed: number | null;
    people_fed_per_truck: number | null;
    unknown_lines: number;
    removed_share: number | null;
  };
  after_losses: { food_person_days: Estimate; people_fed: Estimate; people_fed_per_truck: Estimate };
  flags: string[];
}

interface Answered {
  as_of: string;
  status: string;
  days: number;
  food_kcal_per_person_day: number;
  losses: { handling_loss: number; diversion_low: number; diversion_high: number };
  drops: (Covered & { areas: string[] })[];
  total: Covered;
  sources: string[];
  flags: string[];
}

export function Coverage({ code }: { code: string }) {
  const answer = useAnswer<Answered>(address(`/api/v1/convoys/${encodeURIComponent(code)}/coverage`));
  const areas = useNames('areas');
  return (
    <section aria-labelledby="covers">
      <h2 id="covers">{own().title}</h2>
      <Shown answer={answer}>
        {(all) => (
          <>
            {all.status === 'planned' && <p class="note">{own().planned}</p>}
            {all.drops.length > 1 && all.drops.map((drop) => <Cover key={drop.areas.join()} covered={drop} all={all} title={listed(drop.areas.map(areas.of))} />)}
            <Cover covered={all.total} all={all} title={all.drops.length > 1 ? own().total : null} />
          </>
        )}
      </Shown>
    </section>
  );
}

type Cell = Estimate | number | null | undefined;
const exactly = (value: Cell): Estimate | null => (typeof value === 'number' ? { low: null, best: value, high: null } : (value ?? null));

function Cover({ covered, all, title }: { covered: Covered; all: Answered; title: string | null }) {
  const { claimed, computed, after_losses: after } = covered;
  const people = estimate(claimed.people_reached) ?? claimed.people_targeted;
  // Where it is not known how many trucks there are, the program divides by the middle of the range.
  const perTruck = (cell: Cell, given: Cell) => ratio(exactly(cell), claimed.trucks) ?? given;
  const rows: [string, Cell, Cell, Cell][] = [
    [own().trucks, claimed.trucks, undefined, undefined],
    [own().targeted, claimed.people_targeted, undefined, undefined],
    [own().reached, claimed.people_reached, undefined, undefined],
    [fill(own().fed, { n: number(all.days) }), undefined, computed.people_fed, after.people_fed],
    [own().perTruck, perTruck(people, claimed.people_per_truck), perTruck(computed.people_fed, computed.people_fed_per_truck), perTruck(after.people_fed, after.people_fed_per_truck)],
    [own().personDays, undefined, computed.food_person_days, after.food_person_days],
    ...(computed.water_person_days === null ? [] : ([[own().water, undefined, computed.water_person_days, undefined]] as [string, Cell, Cell, Cell][])),
    ...(computed.health_person_days === null ? [] : ([[own().health, undefined, computed.health_person_days, undefined]] as [string, Cell, Cell, Cell][])),
  ];
  const { handling_loss, diversion_low, diversion_high } = all.losses;
  const how = [
    own().howClaimed,
    fill(own().howComputed, { kcal: number(all.food_kcal_per_person_day) }),
    fill(own().howAfter, { handling: percent(handling_loss), low: percent(diversion_low), high: percent(diversion_high) }),
  ];
  const heads = [own().claimed, own().computed, own().after];
  return (
    <div class="scroll" tabIndex={0}>
      <table class="cover restack">
        {title && <caption>{title}</caption>}
        <thead>
          <tr>
            <td />
            {heads.map((head) => (
              <th key={head} scope="col" class="number">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, ...cells]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {cells.map((cell, index) => (
                <td key={heads[index]} class="number" data-name={heads[index]}>
                  {cell === undefined ? (
                    null
                  ) : (
                    <Figure date={day(all.as_of)} sources={all.sources} method={how[index]} flags={covered.flags.map(name)}>
                      {label === own().trucks ? spoken(reckoned(exactly(cell))) : spoken(reckoned(exactly(cell)), number)}
                    </Figure>
                  )}
                </td>
              ))}
            </tr>
          ))}
          {computed.removed_share !== null && (
            <tr>
              <th scope="row">{own().removed}</th>
              <td />
              <td class="number" data-name={heads[1]}>{percent(computed.removed_share)}</td>
              <td />
            </tr>
          )}
        </tbody>
      </table>
      <p class="note">
        {computed.unknown_lines > 0 && `${fill(own().missing, { n: number(computed.unknown_lines) })} `}
        {covered.flags.length > 0 && `${own().doubts}${colon()}${covered.flags.map(name).join(either())}.`}
      </p>
    </div>
  );
}

type LineFlow = Flow & { removals?: { quantity: number | null; place: string | null; authority: string | null; reason: string | null }[] };

interface FunnelAnswered {
  as_of: string;
  drops: { areas: string[]; lines: LineFlow[] }[];
  totals: Totals;
  flags: string[];
}

/** Steps of one convoy: its trucks and people, and each line of its goods. */
export function OwnFunnel({ code }: { code: string }) {
  const answer = useAnswer<FunnelAnswered>(address(`/api/v1/convoys/${encodeURIComponent(code)}/funnel`));
  const parties = useNames('parties');
  return (
    <section aria-labelledby="became">
      <h2 id="became">{own().funnel}</h2>
      <Shown answer={answer}>
        {(all) => {
          const lines = all.drops.flatMap((drop) => drop.lines);
          const whole = measures(all.totals).filter((measure) => (measure.of === 'trucks' || measure.of === 'people') && isTold(measure));
          const goods = lines.map((flow, index): Measure & { line: LineFlow } => ({ id: `${index}`, of: 'goods', flow, bars: ofFlow(flow), line: flow }));
          const sources = all.totals.sources.named.map((source) => source.code);
          return (
            <>
              <div class="own-funnel">
                {whole.map((measure) => (
                  <div key={measure.id}>
                    <h3>{measureName(measure)}</h3>
                    <Bars measure={measure} date={day(all.as_of)} sources={sources} />
                  </div>
                ))}
                {goods.map((measure) => (
                  <div key={measure.id}>
                    <h3>
                      {measureName(measure)} <span class="quiet">{name(measure.line.unit ?? '')}</span>
                    </h3>
                    {isTold(measure) ? <Bars measure={measure} date={day(all.as_of)} sources={sources} /> : <p class="unknown">{own().noFigure}</p>}
                    {(measure.line.removals ?? []).map((removal, index) => (
                      <p key={index} class="removal">
                        <b>{own().takenBy}</b> {removal.quantity === null ? own().noQuantity : `${number(removal.quantity)} ${name(measure.line.unit ?? '')}`}
                        {removal.authority && `${listMark()}${fill(own().by, { who: parties.of(removal.authority) })}`}
                        {removal.place && `${listMark()}${fill(own().at, { place: removal.place })}`}
                        {removal.reason && <bdi>: {removal.reason}</bdi>}
                      </p>
                    ))}
                  </div>
                ))}
              </div>
              {lines.length === 0 && <p class="note">{own().noList}</p>}
              {all.flags.length > 0 && (
                <p class="note">
                  {own().doubts}{colon()}{all.flags.map(name).join(either())}.
                </p>
              )}
            </>
          );
        }}
      </Shown>
    </section>
  );
}
