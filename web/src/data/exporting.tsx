// Taking lists and tables away, with the clocks as they are set; workbooks to fill in.
import { useState } from 'preact/hooks';
import { clocks } from '../clocks';
import { may } from '../me';
import { day, fill, LANGUAGES, type Language, language } from '../tongue';
import { EXPORTS, type Export, FORMS, IMPORTABLE, exportAddress, templateAddress } from './exports';
import { say } from './say';
import { kindName } from './words';

export function Exporting() {
  const { as_of, known_at } = clocks();
  const times = { as_of: as_of ? fill(say().on, { day: day(as_of) }) : say().nowWord, known_at: known_at ? fill(say().byDay, { day: day(known_at) }) : say().nowWord };
  return (
    <>
      <p class="note">{fill(say().exportIntro, times)}</p>
      <div class="exports">
        <FormTable group="lists" title={say().lists} />
        <div>
          <FormTable group="computed" title={say().computed} />
          <FormTable group="service" title={say().service} note={say().noClock} />
        </div>
      </div>
      <Parts />
      <p>
        {say().whole} <code dir="ltr">passage export --hdx DIR</code>
      </p>
      <p>
        <a href="/docs/">{say().api}</a> · <a href="/openapi.json">openapi.json</a>
      </p>
    </>
  );
}

/** What the reader may take away. */
const offered = (): Export[] => EXPORTS.filter((of) => !of.needs || may(of.needs));

function FormTable({ group, title, note }: { group: Export['group']; title: string; note?: string }) {
  return (
    <div>
      <h2>
        {title} {note && <span class="note">({note})</span>}
      </h2>
      <table class="forms">
        <thead class="unseen">
          <tr>
            <th scope="col">{say().kind}</th>
            <th scope="col">{say().form}</th>
          </tr>
        </thead>
        <tbody>
          {offered().filter((of) => of.group === group).map((of) => (
            <tr key={of.path}>
              <th scope="row">
                {kindName(of.path)}
                {of.timed === false && !note && <span class="note"> ({say().noClock})</span>}
              </th>
              <td>
                <Links of={of} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NAMES = { csv: 'CSV', xlsx: 'XLSX', geojson: 'GeoJSON', parquet: 'Parquet' } as const;

function Links({ of, more = {}, forms = FORMS }: { of: Export; more?: { part?: string; table?: string }; forms?: readonly (typeof FORMS)[number][] }) {
  return (
    <span class="form-links">
      {forms
        .filter((form) => !of.without?.includes(form))
        .map((form) => (
          <a key={form} href={exportAddress(of, form, language.value, more)} download aria-label={`${kindName(of.path)} ${more.part ?? more.table ?? ''} ${NAMES[form]}`}>
            {NAMES[form]}
          </a>
        ))}
    </span>
  );
}

/** Files of parts, which stand beside those of their records. */
function Parts() {
  const rows = offered().flatMap((of) => [
    ...(of.parts ?? []).map((part) => ({ of, name: part, more: { part } })),
    ...(of.tables ?? []).map((table) => ({ of, name: table, more: { table } })),
  ]);
  return (
    <details class="parts-list">
      <summary>{say().parts}</summary>
      <p class="note">{say().partsHelp}</p>
      <table class="forms">
        <tbody>
          {rows.map(({ of, name, more }) => (
            <tr key={`${of.path}.${name}`}>
              <th scope="row">
                {kindName(of.path)} <code dir="ltr">{name}</code>
              </th>
              <td>
                <Links of={of} more={more} forms={['csv', 'parquet']} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function Templates() {
  const [tongue, setTongue] = useState<Language>(language.value);
  return (
    <>
      <label class="template-tongue">
        {say().templateIntro}
        <select value={tongue} onChange={(event) => setTongue(event.currentTarget.value as Language)}>
          {Object.entries(LANGUAGES).map(([tag, name]) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <ul class="templates">
        {IMPORTABLE.map((kind) => (
          <li key={kind}>
            <a href={templateAddress(kind, tongue)} download>
              {kindName(kind)}
            </a>{' '}
            <span class="note" dir="ltr">
              XLSX
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
