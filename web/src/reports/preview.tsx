// The report as it would be made as the clocks are set: in a tab of its own, or here where that is allowed.
import { useEffect, useState } from 'preact/hooks';
import { Offline, Refusal, request } from '../api';
import { withUnit } from '../alerts/numbers';
import { clocks } from '../clocks';
import { day, fill, LANGUAGES, type Language, language } from '../tongue';
import { say } from './say';
import { previewAddress } from './types';

const PERIODS = [1, 7, 14, 30, 90];
const USUAL = '7';

/** May a page of the same origin show it in a frame? Told by the heads of the answer. */
function useFrame(url: string): boolean {
  const [may, setMay] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    request(url, { method: 'HEAD', signal: stop.signal })
      .then(({ headers }) => setMay(isFrameable(headers)))
      .catch((fault) => {
        if (stop.signal.aborted) return;
        if (!(fault instanceof Refusal || fault instanceof Offline)) throw fault;
        setMay(false);
      });
    return () => stop.abort();
  }, [url]);
  return may;
}

function isFrameable(headers: Headers): boolean {
  const denied = /deny/i.test(headers.get('x-frame-options') ?? '');
  const ancestors = /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy') ?? '')?.[1] ?? '';
  return !denied && !/'none'/.test(ancestors);
}

export function Preview() {
  const [tongue, setTongue] = useState<Language>(language.value);
  const [days, setDays] = useState(USUAL);
  const [open, setOpen] = useState(false);
  const url = previewAddress('html', tongue, days);
  const mayFrame = useFrame(url);
  const { as_of, known_at } = clocks();
  const said = (at: string | null) => (at ? fill(say().byDay, { day: day(at) }) : say().nowWord);
  return (
    <section>
      <h2>{fill(say().preview, { as_of: as_of ? fill(say().ofDay, { day: day(as_of) }) : say().ofNow, known_at: said(known_at) })}</h2>
      <div class="filters preview-choice">
        <label>
          {say().language}
          <select value={tongue} onChange={(event) => setTongue(event.currentTarget.value as Language)}>
            {Object.entries(LANGUAGES).map(([tag, name]) => (
              <option key={tag} value={tag} lang={tag}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say().period}
          <select value={days} onChange={(event) => setDays(event.currentTarget.value)}>
            {PERIODS.map((of) => (
              <option key={of} value={String(of)}>
                {withUnit(of, 'days')}
              </option>
            ))}
          </select>
        </label>
      </div>
      <p class="do">
        <a class="button" href={url} target="_blank" rel="noopener">
          {say().open}
        </a>
        {mayFrame && (
          <button type="button" class="second" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? say().hide : say().here}
          </button>
        )}
        <a href={previewAddress('text', tongue, days)} target="_blank" rel="noopener">
          {say().text}
        </a>
        <a href={previewAddress('json', tongue, days)} target="_blank" rel="noopener">
          {say().json}
        </a>
      </p>
      {!mayFrame && <p class="note">{say().noFrame}</p>}
      {mayFrame && open && <iframe class="preview-frame" src={url} title={say().frame} sandbox="allow-same-origin allow-popups" />}
    </section>
  );
}
