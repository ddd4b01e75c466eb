// Everything that is wrong with files, by file, row and column: sorted, and narrowed by any text.
import { useState } from 'preact/hooks';
import { AsFile } from '../files';
import { Says } from '../state';
import { fill, number } from '../tongue';
import { COLUMNS, type Column, type Order, type RowProblem, holding, sorted } from './imports';
import { ofPage } from './reasons';
import { say } from './say';

/** How many are drawn before somebody asks for all. */
const FIRST = 100;

/** Of an import that is kept, also to take away: somebody mends the sheet beside it. */
export function ProblemTable({ id, problems, more, stopped }: { id?: string; problems: RowProblem[]; more: number; stopped: boolean }) {
  const [order, setOrder] = useState<Order>({ by: 'file', down: false });
  const [text, setText] = useState('');
  const [whole, setWhole] = useState(false);
  if (problems.length === 0) return null;
  const found = sorted(holding(problems, text), order);
  const shown = whole ? found : found.slice(0, FIRST);
  const turn = (by: Column) => setOrder({ by, down: order.by === by && !order.down });
  return (
    <section class="import-problems">
      <h3>{fill(say().problems, { n: number(problems.length) })}</h3>
      {more > 0 && <p class="note">{fill(say().more1, { n: number(more) })}</p>}
      {stopped && <p class="note">{say().stopped}</p>}
      <div class="problem-find">
        <label>
          {say().find}
          <input type="search" value={text} onInput={(event) => setText(event.currentTarget.value)} dir="auto" />
        </label>
        <span class="note" role="status">
          {fill(say().shown, { n: number(shown.length), total: number(problems.length) })}
        </span>
      </div>
      <div class="scroll" tabIndex={0}>
        <table class="restack">
          <thead>
            <tr>
              {COLUMNS.map((by) => (
                <Head key={by} by={by} order={order} turn={turn} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((problem, at) => (
              <Row key={at} problem={problem} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < found.length && (
        <button type="button" class="second" onClick={() => setWhole(true)}>
          {say().all}
        </button>
      )}
      {id && <AsFile path={`/api/v1/imports/${id}`} timed={false} />}
    </section>
  );
}

function Head({ by, order, turn }: { by: Column; order: Order; turn: (by: Column) => void }) {
  const chosen = order.by === by;
  return (
    <th scope="col" aria-sort={chosen ? (order.down ? 'descending' : 'ascending') : undefined}>
      <button type="button" class="sort" title={fill(say().sortBy, { column: say()[by] })} onClick={() => turn(by)}>
        {say()[by]} <span aria-hidden="true">{chosen ? (order.down ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  );
}

function Row({ problem: { file, sheet, row, letter, column, value, reason } }: { problem: RowProblem }) {
  return (
    <tr>
      <td data-name={say().file}>
        <span>
          <bdi>{file}</bdi>
          {sheet && (
            <span class="note problem-sheet">
              {say().sheet} <bdi>{sheet}</bdi>
            </span>
          )}
        </span>
      </td>
      <td data-name={say().row}>
        <span>{row ?? '–'}</span>
      </td>
      <td data-name={say().column}>
        <span>
          {letter && <span class="note">{letter} </span>}
          <bdi>{column ?? (letter ? '' : '–')}</bdi>
        </span>
      </td>
      <td data-name={say().value} class="problem-value">
        <span>{value === null ? '–' : <bdi>{value}</bdi>}</span>
      </td>
      <td data-name={say().reason}>
        <span class="problem-reason">
          <Reason>{reason}</Reason>
        </span>
      </td>
    </tr>
  );
}

export function Reason({ children }: { children: string }) {
  const { rule, hint } = ofPage(children);
  return (
    <>
      <Says>{rule}</Says>
      {hint && <span class="note problem-hint">{hint}</span>}
    </>
  );
}
