// The people of an area as a figure: one for every view.
import { spoken } from './estimate';
import { Figure } from './figure';
import { type Told, daysOf, extremes, sourcesOf } from './people';
import { fill, number, words } from './tongue';

const say = words({
  en: { differ: 'The newest counts of all who counted lie between {low} and {high}.', none: 'Nobody is known to have counted the people.' },
  ar: { differ: 'تقع أحدث إحصاءات كل الجهات بين {low} و{high}.', none: 'لا يُعرف أن أحداً أحصى السكان.' },
  fr: { differ: 'Les décomptes les plus récents de chacun vont de {low} à {high}.', none: 'Personne, à notre connaissance, n’a compté la population.' },
});

/** Is said of people whom nobody counted. */
export const nobody = (): string => say().none;

export function PeopleFigure({ people, claims, all }: Told) {
  const ends = extremes(all);
  const differ = ends && <span class="behind-line">{fill(say().differ, { low: number(ends.low), high: number(ends.high) })}</span>;
  return (
    <Figure class="nowrap" date={daysOf(claims)} sources={sourcesOf(claims)} method={people ? null : say().none} more={differ}>
      {spoken(people, number)}
    </Figure>
  );
}
