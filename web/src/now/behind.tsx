// Who said a figure that its list tells without sources: asked for only when the figure is opened.
import { type Answer, address, useAnswer } from '../api';
import type { Account } from '../convoys/data';
import type { Input } from '../area/kinds';
import { behindOf } from '../figure';
import { Source } from '../source';
import { NotThere } from './parts';
import { say } from './say';

type Codes = (string | null | undefined)[];

/** Codes out of an answer, with what each source is called. */
function Sources<T>({ answer, pick }: { answer: Answer<T>; pick: (data: T) => Codes }) {
  const codes = answer.data ? [...new Set(pick(answer.data).filter(Boolean) as string[])] : [];
  const named = useAnswer<{ data: { code: string; name: string }[] }>(codes.length > 0 ? address('/api/v1/sources', { code: codes.join(',') }) : null);
  const name = (code: string) => named.data?.data.find((source) => source.code === code)?.name;
  return (
    <span class="behind-line">
      <span class="behind-name">{behindOf(codes.length)}</span>{' '}
      {answer.data === null ? <NotThere answer={answer} /> : codes.length === 0 ? say().noSource : null}
      {codes.map((code) => (
        <span key={code} class="behind-line">
          <bdi>{name(code)}</bdi> <Source codes={[code]} />
        </span>
      ))}
    </span>
  );
}

type Told = Partial<Account> & { accounts?: Account[] };

/** Who says a field of a record: its main source, and each account that has the field. */
export function SaidBy({ kind, code, field }: { kind: 'convoys' | 'incidents'; code: string; field: string }) {
  const answer = useAnswer<Told>(address(`/api/v1/${kind}/${encodeURIComponent(code)}`));
  return <Sources answer={answer} pick={({ source, accounts = [] }) => [source, ...accounts.filter((one) => one[field] != null).map((one) => one.source)]} />;
}

/** What the outlook of an area rests on: all that it reckons with, or the arrivals of one day. */
export function RestsOn({ area, arrived }: { area: string; arrived?: string }) {
  const answer = useAnswer<{ inputs: Input[] }>(address(`/api/v1/areas/${encodeURIComponent(area)}/outlook`));
  const isMeant = ({ input, date, used }: Input) => (arrived === undefined ? used : input === 'arrival' && date?.slice(0, 10) === arrived.slice(0, 10));
  return <Sources answer={answer} pick={({ inputs }) => inputs.filter(isMeant).map(({ source }) => source)} />;
}
