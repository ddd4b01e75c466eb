// Sources: a link beside what rests on them, a small panel that says who published it, and the list of all that are cited.
import { signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import { address, useAll, useAnswer } from './api';
import { Shown } from './state';
import { colon, day, listMark, words } from './tongue';
import type { SourceRecord } from './area/kinds';
import './source.css';

const say = words({
  en: {
    source: 'Source', sources: 'Sources', close: 'Close', publisher: 'Publisher', date: 'Date', address: 'Address', reliability: 'Reliability', credibility: 'Credibility', licence: 'Licence', note: 'Note',
    unrated: 'not rated', none: 'No figure on this page names a source at this time.', outside: 'Leads out of Passage', noAddress: 'none is recorded', all: 'All that this page cites. Choose one to read who published it.',
  },
  ar: {
    source: 'المصدر', sources: 'المصادر', close: 'إغلاق', publisher: 'الناشر', date: 'التاريخ', address: 'العنوان', reliability: 'الموثوقية', credibility: 'المصداقية', licence: 'الترخيص', note: 'ملاحظة',
    unrated: 'غير مقيّم', none: 'لا رقم في هذه الصفحة يذكر مصدراً في هذا الوقت.', outside: 'يقود إلى خارج Passage', noAddress: 'لا عنوان مسجل', all: 'كل ما تستند إليه هذه الصفحة. اختر مصدراً لتقرأ من نشره.',
  },
  fr: {
    source: 'Source', sources: 'Sources', close: 'Fermer', publisher: 'Éditeur', date: 'Date', address: 'Adresse', reliability: 'Fiabilité', credibility: 'Crédibilité', licence: 'Licence', note: 'Note',
    unrated: 'non évaluée', none: 'Aucun chiffre de cette page ne cite de source à ce moment.', outside: 'Mène hors de Passage', noAddress: 'aucune n’est enregistrée', all: 'Tout ce que cette page cite. Choisissez-en une pour lire qui l’a publiée.',
  },
});

/** The source that is looked at. */
export const looked = signal<string | null>(null);

/** What each section of the page cites. */
export const Cites = createContext<Signal<Record<string, string[]>> | null>(null);

/** Tells the page what a section cites. */
export function useCite(section: string, codes: (string | null | undefined)[]): void {
  const cites = useContext(Cites);
  const told = [...new Set(codes.filter(Boolean) as string[])].sort();
  const key = told.join(' ');
  useEffect(() => {
    if (cites && (cites.peek()[section] ?? []).join(' ') !== key) cites.value = { ...cites.peek(), [section]: told };
  }, [section, key]);
}

/** Codes of sources as links to the panel. The press keeps what is open open, so that it can be followed. */
export function Source({ codes }: { codes: (string | null | undefined)[] }) {
  const told = [...new Set(codes.filter(Boolean) as string[])];
  return (
    <>
      {told.map((code, index) => (
        <span key={code}>
          {index > 0 && listMark()}
          <button
            type="button"
            class="plain source-link"
            aria-label={`${say().source}${colon()}${code}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => (looked.value = code)}
          >
            {code}
          </button>
        </span>
      ))}
    </>
  );
}

/** How figures of a page lead to their sources. */
export const sourceLink = (code: string) => <Source codes={[code]} />;

/** The same as a line behind a figure; `null` where there is none. */
export function behind(codes: (string | null | undefined)[]) {
  const told = codes.filter(Boolean);
  if (told.length === 0) return null;
  return (
    <span class="behind-line">
      <span class="behind-name">{told.length > 1 ? say().sources : say().source}</span> <Source codes={codes} />
    </span>
  );
}

/** Who published what is looked at, where, and how far it is trusted. Its address is only followed when it is pressed. */
export function SourcePanel() {
  const code = looked.value;
  const answer = useAnswer<SourceRecord>(code === null ? null : address(`/api/v1/sources/${encodeURIComponent(code)}`));
  const panel = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (code === null) return;
    before.current = document.activeElement;
    panel.current?.focus();
    const key = (event: KeyboardEvent) => event.key === 'Escape' && (looked.value = null);
    addEventListener('keydown', key);
    return () => {
      removeEventListener('keydown', key);
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    };
  }, [code]);
  useEffect(() => () => void (looked.value = null), []);
  if (code === null) return null;
  return (
    <div ref={panel} class="source-panel" tabIndex={-1} role="dialog" aria-label={`${say().source} ${code}`}>
      <div class="source-head">
        <code>{code}</code>
        <button type="button" class="plain" onClick={() => (looked.value = null)}>
          {say().close}
        </button>
      </div>
      <Shown answer={answer} lines={2}>
        {(source) => (source.code === code ? <SourceLines source={source} /> : null)}
      </Shown>
    </div>
  );
}

function SourceLines({ source }: { source: SourceRecord }) {
  const web = source.url !== null && /^https?:\/\//i.test(source.url);
  return (
    <>
      <p class="source-name" dir="auto">
        {source.name}
      </p>
      <dl class="lines">
        <Line name={say().publisher} value={source.publisher} />
        <Line name={say().date} value={source.date && day(source.date)} />
        <dt>{say().address}</dt>
        <dd dir="ltr">
          {source.url && web ? (
            <a href={source.url} rel="noopener noreferrer" target="_blank" title={say().outside}>
              {source.url}
            </a>
          ) : (
            <span class="quiet">{source.url ?? say().noAddress}</span>
          )}
        </dd>
        <Line name={say().reliability} value={source.reliability ?? say().unrated} />
        <Line name={say().credibility} value={source.credibility} />
        <Line name={say().licence} value={source.licence} />
        <Line name={say().note} value={source.note} />
      </dl>
    </>
  );
}

function Line({ name, value }: { name: string; value: string | null }) {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto">{value}</dd>
    </>
  );
}

/** All that the page cites. */
export function Sources() {
  const cites = useContext(Cites);
  const codes = [...new Set(Object.values(cites?.value ?? {}).flat())].sort();
  const answer = useAll<SourceRecord>(codes.length === 0 ? null : '/api/v1/sources', { code: codes.join(','), expand: 'all' });
  return (
    <section aria-labelledby="area-sources">
      <h2 id="area-sources">{say().sources}</h2>
      {codes.length === 0 ? (
        <p class="quiet">{say().none}</p>
      ) : (
        <Shown answer={answer}>
          {(found) => (
            <>
              <p class="quiet">{say().all}</p>
              <ol class="source-list">
                {codes.map((code) => {
                  const source = found.data.find((row) => row.code === code);
                  return (
                    <li key={code}>
                      <Source codes={[code]} /> {source && <bdi>{source.name}</bdi>}
                      {source?.date && <span class="quiet nowrap"> {day(source.date)}</span>}
                    </li>
                  );
                })}
              </ol>
            </>
          )}
        </Shown>
      )}
    </section>
  );
}
