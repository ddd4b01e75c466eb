// Importing files: tried first, looked at, answered, tried again, and only then committed.
import { useEffect, useState } from 'preact/hooks';
import { type Offline, Refusal, address, get, post } from '../api';
import { isNow } from '../clocks';
import { may, me } from '../me';
import { useSending } from '../sending';
import { Empty, Fault } from '../state';
import { fill, loginAddress, moment } from '../tongue';
import { Questions } from './answers';
import { Files, KindChoice, Written } from './choices';
import { AS_USUAL, type Choices, type Import, isReady, questions, tryForm } from './imports';
import { Outcome } from './outcome';
import { PastImports } from './past';
import { ofPage as reasonOfPage } from './reasons';
import { say } from './say';

/** How often a running import is asked for, milliseconds. */
const POLL_MS = 1_500;

export const importAddress = (id: string): string => address(`/api/v1/imports/${encodeURIComponent(id)}`, {}, false);

/** Follows an import while it runs. */
export function useFollowed(of: Import | null, follow: (newer: Import) => void): void {
  useEffect(() => {
    if (of?.state !== 'running') return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      // A line that is down is said by the shell; the next look is tried all the same.
      get<Import>(importAddress(of.id), stop.signal).then(follow, () => stop.signal.aborted || follow({ ...of }));
    }, POLL_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [of]);
}

export function Importing() {
  if (!may('import.run') && !may('import.read')) {
    return (
      <>
        <Empty title={say().noImport}>{say().noImportMore}</Empty>
        {!me.value?.user && (
          <a class="button" href={loginAddress()}>
            {say().login}
          </a>
        )}
      </>
    );
  }
  return (
    <>
      {may('import.run') && (isNow() ? <ImportForm /> : <p class="note">{say().writePast}</p>)}
      <PastImports />
    </>
  );
}

function ImportForm() {
  const [files, setFiles] = useState<File[]>([]);
  const [choices, setChoices] = useState<Choices>(AS_USUAL);
  const [tried, setTried] = useState<Import | null>(null);
  const { busy, fault, send } = useSending();
  useFollowed(tried, setTried);
  const choose = (more: Partial<Choices>) => setChoices({ ...choices, ...more });
  const tryNow = () => send(async () => setTried(await post<Import>('/api/v1/imports', tryForm(files, choices))));
  const commit = (id: string) =>
    send(async () => {
      try {
        setTried(await post<Import>(`/api/v1/imports/${encodeURIComponent(id)}/commit`, null));
      } catch (fault) {
        // What stands against it is told by the import itself.
        setTried(await get<Import>(importAddress(id)).catch(() => tried));
        throw fault;
      }
    });
  const isOpen = tried !== null && (questions(tried.problems).length > 0 || tried.suggestions.length > 0);
  const answering = { choices, choose };
  return (
    <section class="import">
      <p class="note">{say().intro}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void tryNow();
        }}
      >
        <Files
          files={files}
          setFiles={(chosen) => {
            setFiles(chosen);
            setTried(null);
          }}
        />
        <div class="row import-kind">
          <KindChoice {...answering} />
        </div>
        <Written {...answering} />
        {tried?.state === 'refused' && isOpen && <Questions tried={tried} {...answering} />}
        <p class="do">
          <button type="submit" disabled={busy || files.length === 0}>
            {busy ? say().trying : isOpen && tried?.state === 'refused' ? say().tryAgain : say().try}
          </button>
        </p>
      </form>
      {fault && <Fault fault={ofPage(fault)} />}
      <div aria-live="polite">
        {tried && <Verdict tried={tried} busy={busy} commit={commit} />}
        {tried && <Outcome of={tried} />}
      </div>
    </section>
  );
}

/** A refusal without options of the command line, which this page does not have. */
function ofPage(fault: Refusal | Offline): Refusal | Offline {
  if (!(fault instanceof Refusal)) return fault;
  const problems = fault.problems.map(({ pointer, detail }) => ({ pointer, detail: reasonOfPage(detail).rule }));
  return new Refusal(fault.status, fault.code, reasonOfPage(fault.detail).rule, problems, fault.body);
}

/** What can be done with what was tried. */
function Verdict({ tried, busy, commit }: { tried: Import; busy: boolean; commit: (id: string) => void }) {
  if (tried.state === 'committed') return <p class="import-done">{say().done}</p>;
  if (tried.state === 'refused') return <p class="note">{say().notReady}</p>;
  if (!isReady(tried)) return null;
  return (
    <div class="ready">
      <p>{say().ready}</p>
      <p class="do">
        <button type="button" disabled={busy} onClick={() => commit(tried.id)}>
          {say().commit}
        </button>
        {tried.kept_until && <span class="note">{fill(say().kept, { at: moment(tried.kept_until) })}</span>}
      </p>
    </div>
  );
}
