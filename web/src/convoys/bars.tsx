// Steps of a funnel as horizontal bars: how much, which part of the first step, and what is not known.
import { spoken } from '../estimate';
import { Figure } from '../figure';
import { type Forms, fill, number, percent, plural, words } from '../tongue';
import { goodsName, name } from './names';
import { type Bar, type Measure, length } from './steps';

const own = words({
  en: {
    requested: 'Asked for', approved: 'Approved', loaded: 'Loaded', removed: 'Taken off', delivered: 'Delivered', arrived: 'Arrived',
    part: '{p} of what is known', share: '{p}',
    convoys: 'Convoys', trucks: 'Trucks', people: 'People it was for', kg: '{sector}, kg', goods: '{sector}, {kind}, {unit}',
    unknownConvoys: { one: '{n} convoy without a figure', other: '{n} convoys without a figure' } as Forms,
    unknownLines: { one: '{n} line of goods without a figure', other: '{n} lines of goods without a figure' } as Forms,
    other: 'more than the first step: of goods whose load is not known',
  },
  ar: {
    requested: 'المطلوب', approved: 'الموافَق عليه', loaded: 'المحمَّل', removed: 'المنزوع', delivered: 'المسلَّم', arrived: 'الواصل',
    part: '{p} مما هو معروف', share: '{p}',
    convoys: 'القوافل', trucks: 'الشاحنات', people: 'المستهدفون', kg: '{sector}، كغ', goods: '{sector}، {kind}، {unit}',
    unknownConvoys: { one: 'قافلة واحدة بلا رقم', two: 'قافلتان بلا رقم', few: '{n} قوافل بلا رقم', other: '{n} قافلة بلا رقم' },
    unknownLines: { one: 'بند واحد بلا رقم', two: 'بندان بلا رقم', few: '{n} بنود بلا رقم', other: '{n} بنداً بلا رقم' },
    other: 'أكثر من الخطوة الأولى: من مواد لا يُعرف ما حُمّل منها',
  },
  fr: {
    requested: 'Demandé', approved: 'Approuvé', loaded: 'Chargé', removed: 'Retiré', delivered: 'Livré', arrived: 'Arrivé',
    part: '{p} de ce qui est connu', share: '{p}',
    convoys: 'Convois', trucks: 'Camions', people: 'Personnes visées', kg: '{sector}, kg', goods: '{sector}, {kind}, {unit}',
    unknownConvoys: { one: '{n} convoi sans chiffre', other: '{n} convois sans chiffre' },
    unknownLines: { one: '{n} ligne de biens sans chiffre', other: '{n} lignes de biens sans chiffre' },
    other: 'plus que la première étape : biens dont le chargement est inconnu',
  },
});

/** What a measure is called. */
export function measureName({ of, flow }: Measure): string {
  if (of === 'weight') return fill(own().kg, { sector: name(flow?.sector ?? '') });
  if (of === 'goods' && flow?.commodity) return goodsName(flow.commodity);
  if (of === 'goods') return fill(own().goods, { sector: name(flow?.sector ?? ''), kind: name(flow?.kind ?? ''), unit: name(flow?.unit ?? '') });
  return own()[of];
}

export const stepName = (step: Bar['step']): string => own()[step];

/** The share of a step in words. */
export function shareOf(bar: Bar): string | null {
  return bar.share === null ? null : fill(bar.isPart ? own().part : own().share, { p: percent(bar.share) });
}

/** A step as it is read: weights are whole, and half a truck of a sum is not made a whole one. */
const readOf = ({ estimate }: Bar, { of }: Measure): string | null => (of === 'weight' ? spoken(estimate, number) : spoken(estimate));

/** Of how many there is no figure, in words. */
export function missing({ unknown }: Bar, { of }: Measure): string | null {
  if (!unknown) return null;
  return plural(unknown, of === 'weight' || of === 'goods' ? own().unknownLines : own().unknownConvoys);
}

export function Bars({ measure, date, sources }: { measure: Measure; date?: string; sources?: string[] }) {
  const most = Math.max(...measure.bars.map((bar) => length(bar.estimate) ?? 0));
  const first = measure.bars.map((bar) => length(bar.estimate)).find((value) => value !== null) ?? 0;
  return (
    <dl class="bars">
      {measure.bars.map((bar) => {
        const value = length(bar.estimate);
        const share = shareOf(bar);
        const lacking = missing(bar, measure);
        return (
          <div key={bar.step} class="bar-row">
            <dt>{stepName(bar.step)}</dt>
            <dd class="bar-hold">
              {value !== null && most > 0 && (
                <span class={`bar ${bar.step} ${bar.estimate.best === null ? 'open' : ''}`} style={{ inlineSize: `${(value / most) * 100}%` }} aria-hidden="true" />
              )}
            </dd>
            <dd class="bar-say">
              <Figure date={date} sources={sources} more={lacking && <span class="behind-line">{lacking}</span>}>
                {readOf(bar, measure)}
              </Figure>
              {share && <span class="quiet"> {share}</span>}
              {value !== null && value > first && <span class="quiet"> {own().other}</span>}
              {lacking && <span class="quiet bar-lack">{lacking}</span>}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** A bar so small that it stands in a cell. */
export function CellBar({ bar, most, measure, date, sources }: { bar: Bar; most: number; measure: Measure; date: string; sources: string[] | undefined }) {
  const value = length(bar.estimate);
  const lacking = missing(bar, measure);
  return (
    <>
      <Figure date={date} sources={sources} more={lacking && <span class="behind-line">{lacking}</span>}>
        {readOf(bar, measure)}
      </Figure>
      {lacking && (
        <span class="quiet cell-lack" title={lacking}>
          {' '}
          +{number(bar.unknown ?? 0)} ?
        </span>
      )}
      <span class="cell-bar" aria-hidden="true">
        {value !== null && most > 0 && <span class={`bar ${bar.step}`} style={{ inlineSize: `${(value / most) * 100}%` }} />}
      </span>
    </>
  );
}
