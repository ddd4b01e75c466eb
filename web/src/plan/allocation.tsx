// Who gets what and why: a line for each area with its coverage before and after, then window by window, then the map.
import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { isRange, spoken } from '../estimate';
import { Figure } from '../figure';
import type { AreaMapProps } from '../map/map';
import { flagWord } from '../pauses/flags';
import { useNames } from '../pauses/names';
import type { english } from '../pauses/words';
import { go, to } from '../route';
import { colon, held, day, fill, language, number, percent, plural } from '../tongue';
import type { Allocated, Share } from './answers';
import { type Served, type WindowShare, apart, byWindow, covered, legendOf, mapAreas, servedBy, worstFirst } from './shares';
import { people, say } from './words';

export function Allocation({ plan, days }: { plan: Allocated; days: string[] }) {
  const [lit, setLit] = useState<string | null>(null);
  const served = worstFirst(servedBy(plan));
  const { told: rows, silent } = apart(served, (code) => plan.told.find((one) => one.area === code)?.because ?? '');
  const method = fill(say().perLoad, { tonnes: number(plan.payload_tonnes, 2), ration: number(plan.ration_kg, 3), days: number(plan.person_days_per_load) });
  return (
    <>
      <p class="plan-summary">{plan.summary}</p>
      <div class="plan-where">
        <PlanMap served={served} lit={lit} onLit={setLit} />
        <ol class="served">
          {rows.map((area) => {
            const input = plan.inputs.find((one) => one.area === area.code);
            const share = plan.areas.find(({ id }) => id === area.code);
            const told = plan.told.find((one) => one.area === area.code);
            return (
              <ServedLine
                key={area.code}
                area={area}
                lit={lit}
                onLit={setLit}
                loads={
                  <Figure method={method} date={day(plan.date)} flags={(share?.flags ?? []).map(flagWord)}>
                    {plural(area.loads, say().loadsN)}
                  </Figure>
                }
              >
                <Coverage served={area} />
                {/* The whole sentence says the shares again, as if a stock that nobody counted was nothing. */}
                <p class="served-told">
                  <span class="served-said">{told?.because}</span>
                </p>
                {area.isCounted === false && (area.before !== null || area.after !== null) && <p class="quiet">{say().deliveriesOnly}</p>}
                <p class="quiet">
                  {say().unmet}{colon()}{unmetOf(share, area)}
                  {input && <> · {people(input.population)}</>}
                </p>
              </ServedLine>
            );
          })}
          <Silent all={silent} />
        </ol>
      </div>
      <ByWindow all={byWindow(plan, days)} />
      {plan.notes.length > 0 && (
        <>
          <h3>{say().notes}</h3>
          <ul class="quiet notes">
            {plan.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
      <p class="quiet">
        {say().assumed}{colon()}{method}.
      </p>
    </>
  );
}

/** What stays unmet: one number, also where the people are a range of which the program takes the middle. */
function unmetOf(share: Share | undefined, { population }: Served): string {
  if (share?.unmet_person_days == null) return say().unknown;
  const n = number(share.unmet_person_days);
  return population && isRange(population) ? fill(say().about, { n }) : n;
}

/** What one area gets, lit where the map is. */
export function ServedLine({ area, lit, onLit, loads, children }: { area: Served; lit: string | null; onLit: (code: string | null) => void; loads: ComponentChildren; children: ComponentChildren }) {
  const names = useNames();
  return (
    <li class={lit === area.code ? 'lit' : undefined} onMouseEnter={() => onLit(area.code)} onMouseLeave={() => onLit(null)}>
      <div class="served-head">
        <h3>
          <a href={to('areas', area.code)}>
            <bdi>{names.area(area.code)}</bdi>
          </a>
        </h3>
        <span class="served-loads">{loads}</span>
      </div>
      {children}
    </li>
  );
}

/** The areas of which nothing can be reckoned, once for each reason. */
export function Silent({ all, lang = {} }: { all: { why: string; codes: string[] }[]; lang?: ReturnType<typeof english> }) {
  const names = useNames();
  return (
    <>
      {all.map(({ why, codes }) => (
        <li key={why}>
          <h3>{plural(codes.length, say().silent)}</h3>
          <p class="served-told" {...lang}>
            {why}
          </p>
          <p class="quiet">
            {codes.map((code, index) => (
              <span key={code}>
                {index > 0 && ' · '}
                <a href={to('areas', code)}>
                  <bdi>{names.area(code)}</bdi>
                </a>
              </span>
            ))}
          </p>
        </li>
      ))}
    </>
  );
}

/** Coverage before, filled, and what the plan adds, hatched; the numbers stand beside. */
export function Coverage({ served }: { served: Served }) {
  const { before, after, population } = served;
  const size = (share: number | null) => `${Math.min(1, Math.max(0, covered(share, served)?.low ?? share ?? 0)) * 100}%`;
  // A plan that was kept does not tell the range of the people.
  const about = (share: string) => (population ? share : fill(say().about, { n: share }));
  const text = (share: number | null) => {
    const told = spoken(covered(share, served), percent);
    return told === null ? say().unknown : about(told);
  };
  if (before === null && after === null) {
    return (
      <div class="cover">
        <span class="cover-track nothing" aria-hidden="true" />
        <span class="cover-text unknown">{say().unknown}</span>
      </div>
    );
  }
  return (
    <div class="cover">
      <span class="cover-track" aria-hidden="true">
        <span class="cover-after" style={{ inlineSize: size(after) }} />
        <span class="cover-before" style={{ inlineSize: size(before) }} />
      </span>
      <span class="cover-text">
        <Figure range={population && people(population)} method={say().coverage}>
          <span class="unseen">{say().before} </span>
          <bdi>{text(before)}</bdi> {language.value === 'ar' ? '←' : '→'} <span class="unseen">{say().after} </span>
          <strong>
            <bdi>{text(after)}</bdi>
          </strong>
        </Figure>
      </span>
    </div>
  );
}

export function ByWindow({ all }: { all: WindowShare[] }) {
  const names = useNames();
  if (all.length === 0) return null;
  return (
    <>
      <h3>{say().byWindow}</h3>
      <dl class="by-window">
        {all.map(({ at, shares }, index) => (
          <div key={index}>
            <dt>{day(at)}</dt>
            <dd>
              {shares.length === 0 && say().nobody}
              {shares.map(({ code, loads }, place) => (
                <span key={code}>
                  {place > 0 && ' · '}
                  <bdi>{names.area(code)}</bdi> <strong>{number(loads, 1)}</strong>
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The plan on the map, where the map can be loaded; without it nothing is missing that the lines do not say. */
export function PlanMap({ served, lit, onLit }: { served: Served[]; lit: string | null; onLit: (code: string | null) => void }) {
  const names = useNames();
  const [Found, setFound] = useState<ComponentType<AreaMapProps> | null>(null);
  useEffect(() => {
    import('../map/map').then(
      (map) => setFound(() => map.AreaMap),
      () => undefined,
    );
  }, []);
  const areas = mapAreas(served, names.areas, names.area, (loads) => plural(loads, say().loadsN));
  if (!Found || areas.length === 0) return null;
  const legend = legendOf((low, high) => (high === null ? `> ${percent(low)}` : low === 0 ? `≤ ${percent(high)}` : held(`${percent(low)}–${percent(high)}`)));
  return (
    <section aria-labelledby="plan-map">
      <h3 id="plan-map">{say().map}</h3>
      <p class="quiet">{say().mapNote}</p>
      <Found areas={areas} legend={legend} title={say().after} onPick={(code) => go(to('areas', code))} lit={lit} onLit={onLit} list={false} />
    </section>
  );
}
