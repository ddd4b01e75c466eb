// What came of an import, or would: counts by kind, what is wrong, what was understood, what may be there twice.
import type { ComponentChildren } from 'preact';
import { colon, fill, listMark, number, percent } from '../tongue';
import type { Count, Import } from './imports';
import { ProblemTable, Reason } from './problems';
import { say } from './say';
import { kindName, word } from './words';

export function Outcome({ of }: { of: Import }) {
  return (
    <div class="outcome">
      {of.state === 'running' && <Progress of={of} />}
      {of.files.length > 0 ? <Counts files={of.files} done={of.state === 'committed' || of.state === 'undone'} /> : of.state !== 'running' && <p class="note">{say().nothing}</p>}
      {of.differs && <p class="wrong">{say().differs}</p>}
      <ProblemTable id={of.id} problems={of.problems} more={of.more} stopped={of.stopped} />
      <Twice of={of} />
      <Understood of={of} />
      {of.withheld.length > 0 && <p class="note">{say().withheld}</p>}
    </div>
  );
}

export function Progress({ of: { progress } }: { of: Import }) {
  const share = progress && progress.total_bytes > 0 ? progress.bytes / progress.total_bytes : null;
  return (
    <p role="status">
      <progress value={share ?? undefined} max={1} aria-label={say().runs} />{' '}
      {progress && share !== null ? fill(say().running, { rows: number(progress.rows), share: percent(share) }) : say().runs}
    </p>
  );
}

function Counts({ files, done }: { files: Count[]; done: boolean }) {
  const named = files.some(({ file }) => file !== null);
  return (
    <div class="scroll" tabIndex={0}>
      <table class="counts">
        <caption>{done ? say().outcomeDone : say().outcome}</caption>
        <thead>
          <tr>
            <th scope="col">{say().kind}</th>
            {named && <th scope="col">{say().file}</th>}
            {(['new', 'changed', 'unchanged', 'leftOut'] as const).map((name) => (
              <th key={name} scope="col" class="number">
                {say()[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.map((count) => (
            <tr key={`${count.file}/${count.kind}`}>
              <th scope="row">{kindName(count.kind)}</th>
              {named && (
                <td>
                  <bdi>{count.file}</bdi>
                </td>
              )}
              {[count.new, count.changed, count.unchanged, count.left_out].map((of, at) => (
                <td key={at} class="number">
                  {number(of)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Twice({ of: { duplicates } }: { of: Import }) {
  if (duplicates.length === 0) return null;
  return (
    <section>
      <h3>{say().twice}</h3>
      <p class="note">{say().twiceHelp}</p>
      <ul>
        {duplicates.map((pair) => (
          <li key={`${pair.one}/${pair.other}`}>
            {kindName(pair.kind)}{colon()}<code dir="ltr">{pair.one}</code> · <code dir="ltr">{pair.other}</code>{' '}
            <span class="note">
              {say().score} {number(pair.score, 2)}{listMark()}{pair.reasons.map((reason) => word('reason', reason)).join(listMark())}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was taken for what, what is not known, and what was not read. */
function Understood({ of: { taken, offers, notes, skipped } }: { of: Import }) {
  return (
    <>
      <Lines title={say().taken}>
        {taken.map(({ of, value, code, name, score, cells }) => (
          <li key={`${of}/${value}`}>
            <q dir="auto">{value}</q> → <bdi>{name || code}</bdi> <code dir="ltr">{code}</code>{' '}
            <span class="note">
              {say().score} {number(score, 2)}{listMark()}{fill(say().cells, { n: number(cells) })}
            </span>
          </li>
        ))}
      </Lines>
      <Lines title={say().offers}>
        {offers.map(({ name, code, kind }) => (
          <li key={code}>
            <bdi>{name}</bdi> <span class="note">{kindName(kind)}</span> <code dir="ltr">{code}</code>
          </li>
        ))}
      </Lines>
      <Lines title={say().notes}>
        {notes.map(({ file, row, column, reason }, at) => (
          <li key={at}>
            <bdi>{[file, row, column].filter((part) => part !== null).join(listMark())}</bdi>{colon()}<Reason>{reason}</Reason>
          </li>
        ))}
      </Lines>
      <Lines title={say().skipped}>
        {skipped.map((name) => (
          <li key={name}>
            <bdi>{name}</bdi>
          </li>
        ))}
      </Lines>
    </>
  );
}

function Lines({ title, children }: { title: string; children: ComponentChildren[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}
