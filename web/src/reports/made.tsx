// Reports that were made: each with its copies, byte for byte as they were sent.
import { useState } from 'preact/hooks';
import { address, useAnswer } from '../api';
import { Empty, Shown } from '../state';
import { fill, LANGUAGES, type Language, moment } from '../tongue';
import { say, scheduleName, word } from './say';
import { FORMATS, type Made, reportAddress } from './types';

const STEP = 20;
const NAMES = { html: 'HTML', text: 'TXT', xlsx: 'XLSX', json: 'JSON' } as const;

export function MadeReports() {
  const [limit, setLimit] = useState(STEP);
  const answer = useAnswer<{ data: Made[]; next: string | null }>(address('/api/v1/reports', { limit }, false));
  return (
    <section>
      <h2>{say().made}</h2>
      <Shown answer={answer}>
        {({ data, next }) =>
          data.length === 0 ? (
            <Empty title={say().none}>{say().noneMore}</Empty>
          ) : (
            <>
              <ul class="made">
                {data.map((report) => (
                  <Report key={`${report.schedule}/${report.period_end}`} report={report} />
                ))}
              </ul>
              {next && (
                <button type="button" class="second" onClick={() => setLimit(limit + STEP)}>
                  {say().later}
                </button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}

function Report({ report: { schedule, period_end, made_at, copies } }: { report: Made }) {
  return (
    <li>
      <p>
        <strong>
          <bdi>{scheduleName(schedule)}</bdi>
        </strong>{' '}
        {fill(say().ends, { at: moment(period_end) })} <span class="note">{fill(say().madeAt, { at: moment(made_at) })}</span>
      </p>
      <ul class="copies">
        {copies.map((copy) => (
          <li key={copy.recipient ?? ''}>
            <span>
              <bdi>{copy.recipient ? fill(say().forWhom, { who: copy.recipient }) : say().folder}</bdi> · <bdi>{LANGUAGES[copy.language as Language] ?? copy.language}</bdi> ·{' '}
              {word('level', copy.clearance)}
            </span>
            <span class="copy-forms">
              {FORMATS.map((format) => (
                <a key={format} href={reportAddress(schedule, period_end, format, copy.recipient)} target="_blank" rel="noopener">
                  {NAMES[format]}
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </li>
  );
}
