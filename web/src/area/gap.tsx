// What is missing in the coming weeks: people, weight and trucks, least and most.
import { worded, useAnswer } from '../api';
import { Figure } from '../figure';
import { Empty, Shown } from '../state';
import { day, fill, number, percent, range, words } from '../tongue';
import type { Gap, GapEnd } from './kinds';
import { Remarks } from './remarks';

const say = words({
  en: { title: 'What is missing', period: 'Food, {from} to {to} ({n} days), if no more comes', people: 'People without food', tonnes: 'Tonnes of food', trucks: 'Trucks', days: 'Person-days', none: 'What is missing cannot be told', noneMore: 'Without a count of the people there is no need to reckon with.', middle: 'Middle: {n}', rests: 'Reckoned with {ration} kg for one day, {loss} lost in handling, {payload} t on a truck.', unit: 't' },
  ar: { title: 'النقص', period: 'الغذاء، من {from} إلى {to} ({n} يوماً)، إن لم يصل مزيد', people: 'أشخاص بلا غذاء', tonnes: 'أطنان الغذاء', trucks: 'الشاحنات', days: 'شخص/يوم', none: 'لا يمكن تحديد النقص', noneMore: 'من دون تقدير للسكان لا حاجة تُحسب.', middle: 'الوسط: {n}', rests: 'حُسب بـ {ration} كغ لليوم، و{loss} فاقداً في المناولة، و{payload} طناً للشاحنة.', unit: 'طن' },
  fr: { title: 'Ce qui manque', period: 'Vivres, du {from} au {to} ({n} jours), si rien d’autre n’arrive', people: 'Personnes sans vivres', tonnes: 'Tonnes de vivres', trucks: 'Camions', days: 'Personnes-jours', none: 'On ne peut dire ce qui manque', noneMore: 'Sans décompte de la population, aucun besoin ne peut être calculé.', middle: 'Milieu : {n}', rests: 'Calculé avec {ration} kg par jour, {loss} perdus en manutention, {payload} t par camion.', unit: 't' },
});

export function GapSection({ code }: { code: string }) {
  const answer = useAnswer<Gap>(worded(`/api/v1/areas/${encodeURIComponent(code)}/gap`));
  return (
    <section aria-labelledby="area-gap">
      <h2 id="area-gap">{say().title}</h2>
      <Shown answer={answer}>{(gap) => <Missing gap={gap} />}</Shown>
    </section>
  );
}

function Missing({ gap }: { gap: Gap }) {
  const { low, best, high } = gap.gap;
  if (!low && !best && !high) {
    return (
      <>
        <Empty title={say().none}>{say().noneMore}</Empty>
        <Remarks sentences={gap.notes} />
      </>
    );
  }
  const period = fill(say().period, { from: day(gap.from), to: day(gap.to), n: gap.period_days });
  const item = (name: string, pick: (end: GapEnd) => number | null) => {
    const [least, middle, most] = [low, best, high].map((end) => (end ? pick(end) : null)) as [number | null, number | null, number | null];
    if (least === null && middle === null && most === null) return null;
    const shown = least === null && most === null ? number(middle ?? 0) : range(least, most);
    return (
      <div>
        <dt>{name}</dt>
        <dd>
          <Figure range={shown} date={`${day(gap.from)} – ${day(gap.to)}`} more={middle === null ? null : <span class="behind-line">{fill(say().middle, { n: number(middle) })}</span>}>
            <span class="nowrap">{shown}</span>
          </Figure>
        </dd>
      </div>
    );
  };
  const { ration_kg, loss, payload_tonnes } = gap.haulage;
  return (
    <>
      <p>{period}</p>
      <dl class="gap-ends">
        {item(say().people, (end) => end.people)}
        {item(say().tonnes, (end) => end.tonnes)}
        {item(say().trucks, (end) => end.trucks)}
        {item(say().days, (end) => end.person_days)}
      </dl>
      {ration_kg !== null && loss !== null && payload_tonnes !== null && (
        <p class="quiet">{fill(say().rests, { ration: number(ration_kg, 3), loss: percent(loss), payload: number(payload_tonnes, 1) })}</p>
      )}
      <Remarks sentences={gap.notes} />
    </>
  );
}
