// The scorecard of access: by authority what was asked, what was answered, and how long it took.
import { worded, useAnswer } from '../api';
import { reckoned, spoken } from '../estimate';
import { Figure } from '../figure';
import { Empty, Shown } from '../state';
import { day, number } from '../tongue';
import type { Asked, Estimate, Published, Scorecard } from './answers';
import { flagWord } from './flags';
import { useNames } from './names';
import { readable } from './notes';
import { say, word } from './words';

const ANSWERS = ['approved', 'approved_with_conditions', 'partly_approved', 'denied', 'no_answer', 'pending'] as const;

export function AccessScorecard() {
  const answer = useAnswer<Scorecard>(worded('/api/v1/access/scorecard'));
  return (
    <section aria-labelledby="scorecard">
      <h2 id="scorecard">{say().scorecard}</h2>
      <Shown answer={answer}>
        {(score) =>
          score.data.length === 0 ? (
            <Empty title={say().noScore} />
          ) : (
            <>
              <p class="quiet">{say().scoreNote}</p>
              <Authorities all={score.data} />
              <Counts all={score.data.flatMap((group) => group.published.map((count) => ({ group, count })))} />
              <ul class="quiet notes">
                {readable(score.notes).map((note) => (
                  <li key={note}>{note}</li>
                ))}
              </ul>
            </>
          )
        }
      </Shown>
    </section>
  );
}

const inDays = (hours: number | null) => (hours === null ? null : hours / 24);
/** A median of days that are ranges is told by its ends. */
const days = (estimate: Estimate) => spoken(reckoned(estimate), (value) => number(value, 1));

const useGroupName = () => {
  const names = useNames();
  return (group: Asked) => (group.group === null ? say().untold : names.party(group.group));
};

function Authorities({ all }: { all: Asked[] }) {
  const names = useNames();
  const nameOf = useGroupName();
  return (
    <div class="scroll" tabIndex={0}>
      <table class="score">
        <thead>
          <tr>
            <th scope="col">{say().authority}</th>
            <th scope="col" class="number">
              {say().requests}
            </th>
            {ANSWERS.map((answer) => (
              <th key={answer} scope="col" class="number">
                {say()[answer]}
              </th>
            ))}
            <th scope="col" class="number">
              {say().answeredUnknown}
            </th>
            <th scope="col" class="number">
              {say().days}
            </th>
            <th scope="col" class="number">
              {say().openDays}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((group) => {
            const sources = group.sources.named.map(({ code }) => names.source(code) ?? code);
            const { low, best, high } = group.answer_hours.median;
            return (
              <tr key={group.group ?? ''}>
                <th scope="row">
                  <bdi>{nameOf(group)}</bdi>
                </th>
                <td class="number">
                  <Figure sources={sources} flags={group.flags.map(flagWord)}>
                    {number(group.asked)}
                  </Figure>
                </td>
                {ANSWERS.map((answer) => (
                  <td key={answer} class="number">
                    {number(group.answers[answer] ?? 0)}
                  </td>
                ))}
                <td class="number">{number(group.answers.unknown ?? 0)}</td>
                <td class="number">
                  <Figure method={say().median} sources={sources}>
                    {days({ low: inDays(low), best: inDays(best), high: inDays(high) })}
                  </Figure>
                </td>
                <td class="number">
                  <Figure method={say().median} sources={sources}>
                    {days(group.open.median_days)}
                  </Figure>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** What others counted. Each line is one statement of one source. */
function Counts({ all }: { all: { group: Asked; count: Published }[] }) {
  const names = useNames();
  const nameOf = useGroupName();
  if (all.length === 0) return null;
  const figure = (count: Published, estimate: Estimate) => (
    <Figure date={count.date && day(count.date)} sources={[names.source(count.source) ?? say().unknown]}>
      {spoken(estimate)}
    </Figure>
  );
  return (
    <details>
      <summary>
        {say().published} ({number(all.length)})
      </summary>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say().counted}</th>
              <th scope="col">{say().authority}</th>
              <th scope="col" class="number">
                {say().requests}
              </th>
              <th scope="col" class="number">
                {say().granted}
              </th>
              <th scope="col" class="number">
                {say().denied}
              </th>
              <th scope="col" class="number">
                {say().unanswered}
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ group, count }) => (
              <tr key={count.code}>
                <th scope="row">
                  <bdi>{count.title ?? count.code}</bdi>
                  <span class="under">
                    {count.date && day(count.date)} · {word('counted', count.counted ?? 'unknown')}
                  </span>
                </th>
                <td>
                  <bdi>{nameOf(group)}</bdi>
                </td>
                {[count.asked, count.granted, count.denied, count.unanswered].map((estimate, index) => (
                  <td key={index} class="number">
                    {figure(count, estimate)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
