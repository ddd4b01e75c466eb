// Who is told, when and in which language: schedules and recipients.
import { useState } from 'preact/hooks';
import { address, get, post, request, useAnswer } from '../api';
import { isNow } from '../clocks';
import { may } from '../me';
import { useSending } from '../sending';
import { withUnit } from '../alerts/numbers';
import { Empty, Shown } from '../state';
import { type Language, colon, LANGUAGES, listMark } from '../tongue';
import { whenSaid } from './cron';
import { ScheduleForm } from './form';
import { say, scheduleName, word } from './say';
import type { Recipient, Schedule } from './types';
import { zoneName } from '../pauses/zone';

export function Schedules() {
  const schedules = useAnswer<{ data: Schedule[] }>(address('/api/v1/schedules', { limit: 200 }));
  const recipients = useAnswer<{ data: Recipient[] }>(address('/api/v1/recipients', { limit: 500 }));
  const [open, setOpen] = useState<string | null>(null);
  const known = recipients.data?.data ?? [];
  const manages = may('schedule.manage');
  const writes = manages && isNow();
  return (
    <>
      <section>
        <h2>{say().schedules}</h2>
        {manages && !writes && <p class="note">{say().writePast}</p>}
        <Shown answer={schedules}>
          {({ data }) =>
            data.length === 0 ? (
              <Empty title={say().noSchedule}>{say().noScheduleMore}</Empty>
            ) : (
              <>
                <p class="note">{say().nextRun}</p>
                <ul class="made">
                  {data.map((of) => (
                    <li key={of.code}>
                      <One of={of} recipients={known} />
                      {writes && open !== of.code && (
                        <button type="button" class="second small" onClick={() => setOpen(of.code)}>
                          {say().edit}
                        </button>
                      )}
                      {open === of.code && <Edit code={of.code} recipients={known} done={() => setOpen(null)} />}
                    </li>
                  ))}
                </ul>
              </>
            )
          }
        </Shown>
        {writes && open === '' && <Add recipients={known} done={() => setOpen(null)} />}
        {writes && open !== '' && (
          <p class="do">
            <button type="button" onClick={() => setOpen('')}>
              {say().add}
            </button>
          </p>
        )}
      </section>
      <section>
        <h2>{say().recipients}</h2>
        <Shown answer={recipients}>{({ data }) => (data.length === 0 ? <Empty title={say().noRecipient} /> : <RecipientTable rows={data} />)}</Shown>
      </section>
    </>
  );
}

const tongueName = (tag: string | null | undefined) => LANGUAGES[(tag ?? 'en') as Language] ?? tag ?? '';

function One({ of, recipients }: { of: Schedule; recipients: Recipient[] }) {
  const names = (of.recipients ?? []).map((code) => recipients.find((one) => one.code === code)?.name ?? code);
  return (
    <>
      <p>
        <strong dir="auto">{of.title ?? scheduleName(of.code)}</strong> {whenSaid(of.cron)} <span class="note" title={of.time_zone}>{zoneName(of.time_zone)}</span>{' '}
        {of.paused && <span class="wrong">{say().paused}</span>}
      </p>
      <p class="note">
        {say().toWhom}{colon()}<bdi>{names.length > 0 ? names.join(listMark()) : say().nobody}</bdi> · <bdi>{tongueName(of.language)}</bdi> · {withUnit(of.period_days ?? 7, 'days')}
      </p>
    </>
  );
}

function RecipientTable({ rows }: { rows: Recipient[] }) {
  return (
    <ul class="made">
      {rows.map((of) => (
        <li key={of.code}>
          <strong dir="auto">{of.name}</strong>{' '}
          <span class="note">
            {word('channel', of.channel)} · <bdi>{tongueName(of.language)}</bdi> · {word('level', of.clearance ?? 'internal')}
          </span>{' '}
          {of.paused && <span class="wrong">{say().paused}</span>}
        </li>
      ))}
    </ul>
  );
}

function Add({ recipients, done }: { recipients: Recipient[]; done: () => void }) {
  const { busy, fault, send } = useSending();
  const save = async (body: object, form: HTMLFormElement) => {
    if (await send(() => post('/api/v1/schedules', body), form)) done();
  };
  return <ScheduleForm recipients={recipients} busy={busy} fault={fault} save={save} cancel={done} />;
}

/** What the program adds to a record, which is not sent back. */
const ADDED = ['kind', 'version', 'learned_at', 'recorded_at', 'retired_at', 'level', 'owner', 'merged_into', 'withdrawn', 'withheld', 'admin2', 'under_embargo'];

function Edit({ code, recipients, done }: { code: string; recipients: Recipient[]; done: () => void }) {
  const { busy, fault, send } = useSending();
  const path = `/api/v1/schedules/${encodeURIComponent(code)}`;
  const answer = useAnswer<Schedule>(address(path, {}, false));
  const save = async (body: object, form: HTMLFormElement) => {
    const sent = await send(async () => {
      // The newest version is asked for once more, so that its fields are kept; another's change in between is refused.
      const before = answer.data ?? (await get<Schedule>(path));
      const kept = Object.fromEntries(Object.entries(before).filter(([name]) => !ADDED.includes(name)));
      const headers = { 'Content-Type': 'application/json', 'If-Match': `"${before.version}"` };
      await request(path, { method: 'PUT', headers, body: JSON.stringify({ ...kept, ...body }) });
    }, form);
    if (sent) done();
  };
  return <Shown answer={answer}>{(of) => <ScheduleForm of={of} recipients={recipients} busy={busy} fault={fault} save={save} cancel={done} />}</Shown>;
}
