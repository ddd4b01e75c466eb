// A number is never alone: its range, its date and who says so come with it, on hover, focus or tap.
import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useId, useRef, useState } from 'preact/hooks';
import { direction, listMark, words } from './tongue';

const say = words({
  en: { source: 'Source', sources: 'Sources', date: 'Date', range: 'Range', method: 'How', flags: 'Doubts', unknown: 'unknown' },
  ar: { source: 'المصدر', sources: 'المصادر', date: 'التاريخ', range: 'المدى', method: 'كيف حُسب', flags: 'شكوك', unknown: 'غير معروف' },
  fr: { source: 'Source', sources: 'Sources', date: 'Date', range: 'Intervalle', method: 'Méthode', flags: 'Doutes', unknown: 'inconnu' },
});

/** Between it and the number, and the edge of the window; and how much room is enough for most, pixels. */
const GAP = 8;
const ENOUGH = 340;

/** How long it stays when the pointer has left it, milliseconds. */
const LEAVING_MS = 200;

export interface Doubt {
  range?: string | null | undefined;
  date?: string | null | undefined;
  /** Names of sources, or their codes. */
  sources?: string[] | undefined;
  method?: string | null | undefined;
  flags?: string[] | undefined;
  more?: ComponentChildren;
}

/**
 * A figure with what stands behind it. `children` is what is read at once; `null` says unknown.
 *
 * @example <Figure range="110,000–150,000" date="13 Jul 2016" sources={['UN']}>130,000</Figure>
 */
export function Figure({ children, class: kind = '', ...doubt }: Doubt & { children: ComponentChildren; class?: string }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const holder = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [place, setPlace] = useState<Record<'left' | 'maxHeight', string> & Partial<Record<'top' | 'bottom', string>> | null>(null);
  const known = children !== null && children !== undefined && children !== '';
  const read = known ? children : <span class="unknown">{say().unknown}</span>;
  useEffect(() => {
    if (!open) return;
    const close = () => setOpen(false);
    const key = (event: KeyboardEvent) => event.key === 'Escape' && close();
    const scroll = (event: Event) => holder.current?.contains(event.target as Node) || close();
    addEventListener('scroll', scroll, { passive: true, capture: true });
    addEventListener('keydown', key);
    return () => {
      removeEventListener('scroll', scroll, { capture: true });
      removeEventListener('keydown', key);
    };
  }, [open]);
  const show = () => {
    clearTimeout(leaving.current);
    const box = button.current?.getBoundingClientRect();
    if (!box) return;
    // Within the window at any width; beside the number, never over it.
    const width = Math.min(320, innerWidth - 24);
    const left = Math.max(12, Math.min(box.left, innerWidth - width - 12));
    const [above, below] = [box.top - GAP, innerHeight - box.bottom - GAP];
    // It grows away from the number when what is asked for only now comes in.
    const isBelow = below >= ENOUGH || below >= above;
    const end = isBelow ? { top: `${box.bottom + GAP / 2}px` } : { bottom: `${innerHeight - box.top + GAP / 2}px` };
    setPlace({ left: `${left}px`, maxHeight: `${isBelow ? below : above}px`, ...end });
    setOpen(true);
  };
  // A pointer on its way to a link inside passes over nothing for a moment.
  const leave = () => {
    leaving.current = setTimeout(() => setOpen(false), LEAVING_MS);
  };
  const blur = (event: FocusEvent) => {
    if (!holder.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };
  // Where there is nothing to tell there is nothing to open.
  if (!hasMore(doubt)) return <span class={kind}>{read}</span>;
  return (
    <span class="figure-hold" ref={holder} onMouseLeave={leave} onMouseEnter={() => clearTimeout(leaving.current)} onFocusOut={blur}>
      <button
        ref={button}
        type="button"
        class={`figure ${kind}`}
        aria-describedby={open ? id : undefined}
        aria-expanded={open}
        onMouseEnter={show}
        onFocus={show}
        onClick={show}
      >
        {read}
      </button>
      {open && place && (
        <span role="tooltip" id={id} class="behind" style={place}>
          <Behind {...doubt} />
        </span>
      )}
    </span>
  );
}

/** What a line of so many sources is called. */
export const behindOf = (count: number): string => (count > 1 ? say().sources : say().source);

/** Is anything known of what stands behind it? */
function hasMore({ range, date, sources = [], method, flags = [], more }: Doubt): boolean {
  return [range, date, method, more].some(Boolean) || sources.length > 0 || flags.length > 0;
}

/** The same as lines, for where there is room to read them. */
export function Behind({ range, date, sources = [], method, flags = [], more }: Doubt) {
  return (
    <>
      {range && <Line name={say().range}>{range}</Line>}
      {date && <Line name={say().date}>{date}</Line>}
      {sources.length > 0 && (
        <Line name={behindOf(sources.length)}>
          <Cited sources={sources} />
        </Line>
      )}
      {method && <Line name={say().method}>{method}</Line>}
      {flags.length > 0 && <Line name={say().flags}>{flags.map((flag) => flag.replaceAll('_', ' ')).join(listMark())}</Line>}
      {more}
    </>
  );
}

/** Draws a source by its code as what leads to it, on pages that have where it leads. */
export const SourceLink = createContext<((code: string) => ComponentChildren) | null>(null);

/** Sources, of which some stand behind who they quote: `OCHA (SO-1)`. */
function Cited({ sources }: { sources: string[] }) {
  const link = useContext(SourceLink);
  return (
    <span dir={direction.value}>
      {sources.map((source, index) => {
        const [, by = '', code = source] = /^(.+ )\((\S+)\)$/.exec(source) ?? [];
        return (
          <span key={source}>
            {index > 0 && listMark()}
            <bdi class="cited">
              {link ? by : source}
              {link?.(code)}
            </bdi>
          </span>
        );
      })}
    </span>
  );
}

function Line({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <span class="behind-line">
      <span class="behind-name">{name}</span> <bdi>{children}</bdi>
    </span>
  );
}
