// The board: convoys by where they are in their life, the newest first.
import { useState } from 'preact/hooks';
import { counted, spoken } from '../estimate';
import { Figure } from '../figure';
import { to } from '../route';
import { Empty, Shown } from '../state';
import { day, fill, number } from '../tongue';
import { type Row, listed, useConvoys, useNames } from './data';
import { columns, name } from './names';
import { say } from './say';
import { type Group, byStage } from './stages';

/** How many convoys of a stage are seen at once. */
const FEW = 6;

export function Board() {
  const answer = useConvoys();
  const areas = useNames('areas');
  return (
    <Shown answer={answer} lines={8}>
      {({ data, total }) =>
        data.length === 0 ? (
          <Empty title={say().empty}>{say().emptyMore}</Empty>
        ) : (
          <>
            {total > data.length && <p class="note">{fill(say().most, { shown: number(data.length), total: number(total) })}</p>}
            <div class="board">
              {byStage(data).map((group) => (
                <Column key={group.column} group={group} areaName={areas.of} />
              ))}
            </div>
          </>
        )
      }
    </Shown>
  );
}

function Column({ group, areaName }: { group: Group<Row>; areaName: (code: string) => string }) {
  const id = `column-${group.column}`;
  return (
    <section class={group.count === 0 ? 'column none' : 'column'} aria-labelledby={id}>
      <h2 id={id} class="column-head">
        {columns()[group.column]} <span class="column-count">{number(group.count)}</span>
      </h2>
      {group.stages.map(({ stage, rows }) => (
        <Stage key={stage} stage={stage} rows={rows} areaName={areaName} />
      ))}
    </section>
  );
}

function Stage({ stage, rows, areaName }: { stage: string; rows: Row[]; areaName: (code: string) => string }) {
  const [open, setOpen] = useState(false);
  const shown = open ? rows : rows.slice(0, FEW);
  return (
    <div class="stage">
      {stage !== '' && (
        <h3 class="stage-head">
          {name(stage)} <span class="quiet">{number(rows.length)}</span>
        </h3>
      )}
      <ul class="convoy-lines">
        {shown.map((row) => (
          <Line key={row.code} row={row} areaName={areaName} />
        ))}
      </ul>
      {rows.length > FEW && (
        <button type="button" class="plain small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? say().fewer : fill(say().all, { n: number(rows.length) })}
        </button>
      )}
    </div>
  );
}

function Line({ row, areaName }: { row: Row; areaName: (code: string) => string }) {
  const trucks = counted(row.trucks, say().trucks);
  const reached = spoken(row.people_reached);
  const people = reached ?? spoken(row.people_targeted);
  const behind = { date: row.date && day(row.date), method: say().central, more: <span class="behind-line">{say().where}</span> };
  return (
    <li>
      <a class="convoy-areas" href={to('convoys', row.code)}>
        {row.areas.length > 0 ? listed(row.areas.map(areaName)) : <code>{row.code}</code>}
      </a>
      {row.areas.length > 0 && (
        <span class="convoy-code" dir="ltr">
          {row.code}
        </span>
      )}
      {row.withheld ? (
        <span class="quiet">{say().withheld}</span>
      ) : (
        <span class="convoy-facts">
          <span>{row.date ? day(row.date) : say().noDate}</span>
          {trucks !== null && <Figure {...behind}>{trucks}</Figure>}
          {people !== null && <Figure {...behind}>{fill(reached === null ? say().meant : say().reached, { n: people })}</Figure>}
          {trucks === null && people === null && <span>{say().noFigures}</span>}
        </span>
      )}
    </li>
  );
}
