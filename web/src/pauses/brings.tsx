// The answer to a throughput: truckloads, tonnes, people fed, what holds the trucks up, what each change would bring.
import { reckoned, spoken } from '../estimate';
import { Figure } from '../figure';
import { colon, direction, fill, held, listMark, number, percent, plural } from '../tongue';
import type { Change, Estimate, Throughput } from './answers';
import { flagWord } from './flags';
import { bindingWord, leverWord, say, unitWord } from './lever-words';
import { EVERY, shownValue } from './levers';
import { localMoment } from './month';
import { useNames } from './names';
import { usesOf } from './throughput';

export function Brings({ answer, onTry }: { answer: Throughput; onTry: (change: Change) => void }) {
  return (
    <>
      <p class="brings-sentence">
        {answer.sentence}
      </p>
      {answer.loads !== null && <Numbers answer={answer} />}
      {answer.bottleneck && <Bottleneck answer={answer} />}
      {answer.sensitivity.length > 0 && <Changes all={answer.sensitivity} onTry={onTry} />}
      {answer.by_length.length > 0 && <Lengths answer={answer} />}
      {answer.windows.length > 0 && <ByWindow answer={answer} />}
      {answer.notes.length > 0 && (
        <>
          <h3>{say().notes}</h3>
          <ul class="quiet notes">
            {answer.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const tonnes = (value: number) => number(value, 1);
/** People are whole: those whom the food would not reach in full are not counted. */
const heads = (value: number) => number(Math.floor(value));
/** Sums of ranges: the middle of one is nobody's figure. */
const shares = (estimate: Estimate): string | null => spoken(reckoned(estimate), percent);
const counts = (estimate: Estimate): string | null => spoken(reckoned(estimate), number);

function Numbers({ answer }: { answer: Throughput }) {
  const names = useNames();
  const { per_window: week, plan } = answer;
  const behind = { sources: answer.sources.map((code) => names.source(code) ?? code), flags: answer.flags.map(flagWord) };
  const isSeveral = answer.windows.length > 1;
  return (
    <dl class="brings-numbers">
      <div>
        <dt>{say().loads}</dt>
        <dd>
          <Figure {...behind} range={answer.loads_bound === null ? null : fill(say().bound, { n: number(answer.loads_bound) })}>
            {answer.loads === null ? null : number(answer.loads)}
          </Figure>
          <span class="under">{plural(answer.windows.length, say().loadsIn)}</span>
        </dd>
      </div>
      <div>
        <dt>{say().tonnes}</dt>
        <dd>
          <Figure {...behind}>{answer.tonnes === null ? null : tonnes(answer.tonnes)}</Figure>
          {isSeveral && week.tonnes !== null && (
            <span class="under">
              {tonnes(week.tonnes)} {say().each}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>{say().fed}</dt>
        <dd>
          <Figure {...behind}>{week.people_fed === null ? null : heads(week.people_fed)}</Figure>
          <span class="under">
            {week.ration_days !== null && plural(week.ration_days, say().fedFor)} {isSeveral && say().each}
          </span>
        </dd>
      </div>
      <div>
        <dt>{say().coverage}</dt>
        <dd>
          <Figure {...behind}>{shares(week.coverage.if_kept)}</Figure>
          <span class="under">
            {say().ifKept}
            {week.status === 'unknown_population' && say().noPeople}
          </span>
          {shares(week.coverage.expected) && (
            <span class="under">
              {shares(week.coverage.expected)} {say().expected}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>
          {fill(say().ahead, { n: number(plan.days) })}{colon()}{say().needed}
        </dt>
        <dd>
          <Figure {...behind}>{counts(plan.windows_needed)}</Figure>
          {counts(plan.windows_to_agree) && (
            <span class="under">
              {counts(plan.windows_to_agree)} {fill(say().toAgree, { share: percent(plan.confidence) })}
            </span>
          )}
          {shares(plan.coverage_ahead) && (
            <span class="under">
              {shares(plan.coverage_ahead)} {say().aheadCover}
            </span>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Bottleneck({ answer }: { answer: Throughput }) {
  const uses = usesOf(answer);
  return (
    <>
      <h3>
        {say().bottleneck}{colon()}{bindingWord(answer.bottleneck ?? '')}
      </h3>
      {answer.bottleneck_sentence && <p>{answer.bottleneck_sentence}</p>}
      {uses.length > 0 && (
        <figure class="uses">
          <figcaption>{say().use}</figcaption>
          {uses.map(({ stage, share }) => (
            <div key={stage} class={stage === answer.bottleneck ? 'use tight' : 'use'}>
              <span class="use-name">{bindingWord(stage)}</span>
              <span class="use-track" aria-hidden="true">
                <span class="use-bar" style={{ inlineSize: `${share * 100}%` }} />
              </span>
              <span class="use-share">{percent(share)}</span>
            </div>
          ))}
          <p class="help">{say().useNote}</p>
        </figure>
      )}
    </>
  );
}

/** A value of a lever as the reader has it. */
function leverValue(field: string, value: number): string {
  const lever = EVERY.find((one) => one.field === field);
  // Hours of work a day are no lever of their own: they are told of when work begins and ends.
  if (field === 'working_hours') return `${number(value, 2)} ${unitWord('hours')}`;
  return lever ? `${number(shownValue(lever, value), 2)} ${unitWord(lever.unit)}`.trim() : number(value, 2);
}

const signed = (value: number, show: (value: number) => string) => (value === 0 ? show(0) : held(`${value > 0 ? '+' : '−'}${show(Math.abs(value))}`));

function Changes({ all, onTry }: { all: Change[]; onTry: (change: Change) => void }) {
  return (
    <div class="scroll" tabIndex={0}>
      <table class="changes">
        <caption>{say().levers}</caption>
        <thead>
          <tr>
            <th scope="col">{say().lever}</th>
            <th scope="col" class="number">
              {say().gain}
            </th>
            <th scope="col" class="number">
              %
            </th>
            <th scope="col">
              <span class="unseen">{say().try}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((change) => {
            const arrow = direction.value === 'rtl' ? '←' : '→';
            const fromTo = `${leverValue(change.lever, change.from)} ${arrow} ${leverValue(change.lever, change.to)}`;
            const name = `${leverWord(change.lever)}${colon()}${fromTo}`;
            return (
              <tr key={`${change.lever} ${change.to}`}>
                <th scope="row">
                  {leverWord(change.lever)}{' '}
                  <span class="quiet nowrap">{fromTo}</span>
                </th>
                <td class="number">
                  <bdi>{signed(change.more_loads, number)}</bdi>
                </td>
                <td class="number">
                  <bdi>{change.gain === null ? '' : signed(change.gain, percent)}</bdi>
                </td>
                <td>
                  {EVERY.some(({ field }) => field === change.lever) && (
                    <button type="button" class="plain" aria-label={fill(say().tried, { change: name })} onClick={() => onTry(change)}>
                      {say().try}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Lengths({ answer }: { answer: Throughput }) {
  return (
    <div class="scroll" tabIndex={0}>
      <table class="lengths">
        <caption>{say().lengths}</caption>
        <tbody>
          <tr>
            <th scope="row">{say().length}</th>
            {answer.by_length.map(({ hours }) => (
              <td key={hours} class="number">
                {number(hours)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say().gain}</th>
            {answer.by_length.map(({ hours, loads }) => (
              <td key={hours} class="number">
                {number(loads)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function ByWindow({ answer }: { answer: Throughput }) {
  return (
    <details>
      <summary>{say().byWindow}</summary>
      <div class="scroll" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{say().window}</th>
              <th scope="col" class="number">
                {say().gain}
              </th>
              <th scope="col">{say().binding}</th>
            </tr>
          </thead>
          <tbody>
            {answer.windows.map((window) => (
              <tr key={window.local_start}>
                <td>
                  {localMoment(window.local_start)} – {localMoment(window.local_end)}
                </td>
                <td class="number">{number(window.loads)}</td>
                <td>{[...new Set(window.segments.map(({ binding }) => bindingWord(binding)))].join(listMark())}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
