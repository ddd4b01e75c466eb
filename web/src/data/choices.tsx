// Which files, of which kind, and how they are written: the choices of an import.
import { useRef, useState } from 'preact/hooks';
import { may } from '../me';
import { colon, number } from '../tongue';
import { type Answering, DATE_FORMATS, ENCODINGS, dateForm } from './answers';
import { IMPORTABLE } from './exports';
import { say } from './say';
import { kindName } from './words';

/** Files by drop or by the picker of the device. */
export function Files({ files, setFiles }: { files: File[]; setFiles: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const add = (list: FileList | null | undefined) => {
    const added = [...(list ?? [])];
    const names = new Set(added.map(({ name }) => name));
    setFiles([...files.filter(({ name }) => !names.has(name)), ...added]);
  };
  return (
    <div
      class={over ? 'drop over' : 'drop'}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add(event.dataTransfer?.files);
      }}
    >
      <p>
        {say().drop}{' '}
        <button type="button" class="plain" onClick={() => picker.current?.click()}>
          {say().choose}
        </button>
      </p>
      <input
        ref={picker}
        type="file"
        multiple
        accept=".csv,.tsv,.txt,.xlsx,.xlsm,.ods"
        class="unseen"
        tabIndex={-1}
        aria-label={say().files}
        onChange={(event) => {
          add(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {files.length > 0 && (
        <ul class="drop-files">
          {files.map((file) => (
            <li key={file.name}>
              <bdi>{file.name}</bdi> <span class="note">{number(Math.max(1, file.size / 1024))} KB</span>{' '}
              <button type="button" class="plain" aria-label={`${say().remove}${colon()}${file.name}`} onClick={() => setFiles(files.filter((one) => one !== file))}>
                {say().remove}
              </button>
            </li>
          ))}
        </ul>
      )}
      {files.length > 1 && <p class="note">{say().tooMany}</p>}
    </div>
  );
}

type Texts = 'kind' | 'date_format' | 'time_zone' | 'decimal' | 'thousands' | 'encoding' | 'separator' | 'accept_from';

interface Choosing extends Answering {
  name: Texts;
  label: string;
  options: string[][];
  usual?: string;
}

function Choice({ name, label, options, usual = say().asUsual, choices, choose }: Choosing) {
  return (
    <label>
      {label}
      <select value={choices[name]} onChange={(event) => choose({ [name]: event.currentTarget.value })}>
        <option value="">{usual}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

export function KindChoice(answering: Answering) {
  return <Choice name="kind" label={say().kind} usual={say().recognise} options={IMPORTABLE.map((kind) => [kind, kindName(kind)])} {...answering} />;
}

/** What seldom needs to be said. */
export function Written(answering: Answering) {
  const { choices, choose } = answering;
  return (
    <details>
      <summary>{say().more}</summary>
      <div class="row">
        <Choice name="date_format" label={say().dateFormat} options={DATE_FORMATS.map((form) => [form, dateForm(form)])} {...answering} />
        <Choice name="decimal" label={say().decimal} options={[['.', '1.5'], [',', '1,5']]} {...answering} />
        <Choice name="thousands" label={say().thousands} options={[[',', '1,234'], ['.', '1.234'], ["'", '1\u2019234'], [' ', '1 234']]} {...answering} />
        <Choice name="separator" label={say().separator} options={[[',', ','], [';', ';'], ['tab', say().tab]]} {...answering} />
        <Choice name="encoding" label={say().encoding} options={ENCODINGS.map((form) => [form, form])} {...answering} />
        <label>
          {say().timeZone}
          <input value={choices.time_zone} placeholder="Asia/Damascus" dir="ltr" onChange={(event) => choose({ time_zone: event.currentTarget.value.trim() })} />
        </label>
        <label>
          {say().acceptFrom}
          <input type="number" min={0} max={1} step={0.01} value={choices.accept_from} onChange={(event) => choose({ accept_from: event.currentTarget.value })} />
        </label>
      </div>
      <Check name="new_organisations" label={say().newOrganisations} {...answering} />
      {may('import.as_reported') && <Check name="as_reported" label={say().asReported} {...answering} />}
    </details>
  );
}

function Check({ name, label, choices, choose }: Answering & { name: 'new_organisations' | 'as_reported'; label: string }) {
  return (
    <p>
      <label class="check">
        <input type="checkbox" checked={choices[name]} onChange={(event) => choose({ [name]: event.currentTarget.checked })} /> {label}
      </label>
    </p>
  );
}
