// The two clocks as sliders, and play: what was true on a day, and what was known by then.
import { signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { address, line, useAnswer } from './api';
import { clocks, daysBetween, isNow, leftOut, plusDays, setClocks } from './clocks';
import { today } from './me';
import { colon, day, fill, held, listMark, words } from './tongue';

const say = words({
  en: {
    clocks: 'Time',
    now: 'Now',
    nowAt: 'as of {day}',
    asOf: 'True on',
    knownAt: 'Known by',
    asOfHelp: 'What was the case on this day',
    knownAtHelp: 'Only what had been learned by this day',
    back: 'Back to now',
    play: 'Play',
    pause: 'Stop',
    past: 'You look at {as_of}, as known on {known_at}. Nothing here is of today.',
    together: 'Move both',
    togetherHelp: 'See each day as it was seen then',
    leftOut: 'The address asks for {days}, which cannot be shown: it is no day of the calendar, or lies ahead of {today}. {today} is shown instead.',
    close: 'Done',
  },
  ar: {
    clocks: 'الزمن',
    now: 'الآن',
    nowAt: 'حتى {day}',
    asOf: 'كما كان في',
    knownAt: 'كما عُرف حتى',
    asOfHelp: 'ما كان عليه الحال في هذا اليوم',
    knownAtHelp: 'ما عُلم حتى هذا اليوم فقط',
    back: 'العودة إلى الآن',
    play: 'تشغيل',
    pause: 'إيقاف',
    past: 'تنظر إلى {as_of} كما عُرف في {known_at}. لا شيء هنا من اليوم.',
    together: 'حرّك الاثنين معاً',
    togetherHelp: 'كل يوم كما رُئي حينه',
    leftOut: 'يطلب العنوان {days}، ولا يمكن عرضه: ليس يوماً في التقويم أو يأتي بعد {today}. يُعرض {today} بدلاً منه.',
    close: 'تم',
  },
  fr: {
    clocks: 'Temps',
    now: 'Maintenant',
    nowAt: 'au {day}',
    asOf: 'Vrai le',
    knownAt: 'Su le',
    asOfHelp: 'La situation de ce jour',
    knownAtHelp: 'Seulement ce qui était su ce jour-là',
    back: 'Retour à maintenant',
    play: 'Lecture',
    pause: 'Arrêt',
    past: 'Vous regardez le {as_of}, tel que connu le {known_at}. Rien ici n’est d’aujourd’hui.',
    together: 'Déplacer les deux',
    togetherHelp: 'Chaque jour tel qu’il était vu alors',
    leftOut: 'L’adresse demande {days}, qui ne peut être montré : ce n’est pas un jour du calendrier, ou il vient après le {today}. On montre le {today} à la place.',
    close: 'Terminé',
  },
});

/** How far back the clocks go where no record says, days. */
const SPAN_DAYS = 240;
/** A step of play, days, and how long it stands, milliseconds. */
const STEP_DAYS = 3;
const STEP_MS = 1_100;

/** Whether the sliders stand open; kept while views change. */
const open = signal(false);

/** The day of the first convoy that is on record: the history begins there. */
function useFirstDay(): string {
  const first = useAnswer<{ data: { date?: string | null }[] }>(address('/api/v1/convoys', { sort: 'date', limit: 20 }, false));
  const from = first.data?.data.find((convoy) => convoy.date)?.date?.slice(0, 10);
  const fallback = plusDays(today(), -SPAN_DAYS);
  return from && from < today() ? from : fallback;
}

/** The button in the head of the page, which says what time is shown, and the sliders behind it. */
export function TimeBar() {
  const playing = useSignal(false);
  const together = useSignal(true);
  const first = useFirstDay();
  const last = today();
  const { as_of, known_at } = clocks();
  const wrong = leftOut();
  const span = Math.max(1, daysBetween(first, last));
  const at = (text: string | null) => (text === null ? span : Math.min(span, Math.max(0, daysBetween(first, text))));

  const move = (which: 'as_of' | 'known_at', days: number) => {
    const to = days >= span ? null : plusDays(first, days);
    setClocks(together.value ? { as_of: to, known_at: to } : { [which]: to });
  };
  useEffect(() => {
    if (!playing.value) return;
    const timer = setInterval(() => {
      // A line that is down would skip days unseen.
      if (line.value === 'down') return;
      const next = at(clocks().as_of) + STEP_DAYS;
      move('as_of', next);
      if (next >= span) playing.value = false;
    }, STEP_MS);
    return () => clearInterval(timer);
  }, [playing.value, first, last]);

  const play = () => {
    if (!playing.value && as_of === null) move('as_of', 0);
    playing.value = !playing.value;
  };
  return (
    <div class={isNow() ? 'time' : 'time past'}>
      <div class="time-head">
        <button type="button" class="second" aria-expanded={open.value} onClick={() => (open.value = !open.value)}>
          {isNow() ? `${say().now}${listMark()}${day(last)}` : fill(say().nowAt, { day: day(as_of ?? last) })}
        </button>
        {!isNow() && (
          <button
            type="button"
            onClick={() => {
              playing.value = false;
              setClocks({ as_of: null, known_at: null });
            }}
          >
            {say().back}
          </button>
        )}
      </div>
      {open.value && (
        <fieldset class="sliders">
          <legend class="unseen">{say().clocks}</legend>
          <Slider name={say().asOf} help={say().asOfHelp} value={at(as_of)} span={span} first={first} onMove={(days) => move('as_of', days)} id="as_of" />
          <Slider name={say().knownAt} help={say().knownAtHelp} value={at(known_at)} span={span} first={first} onMove={(days) => move('known_at', days)} id="known_at" />
          <div class="time-do">
            <button type="button" class="second" onClick={play} aria-pressed={playing.value}>
              {playing.value ? say().pause : say().play}
            </button>
            <label class="check" title={say().togetherHelp}>
              <input type="checkbox" checked={together.value} onChange={(event) => (together.value = event.currentTarget.checked)} /> {say().together}
            </label>
          </div>
        </fieldset>
      )}
      {wrong.length > 0 && (
        <p class="past-note" role="alert">
          {fill(say().leftOut, { days: wrong.map(held).join(listMark()), today: day(last) })}
        </p>
      )}
      {!isNow() && (
        <p class="past-note" role="status">
          {fill(say().past, { as_of: day(as_of ?? last), known_at: day(known_at ?? last) })}
        </p>
      )}
    </div>
  );
}

interface Sliding {
  id: string;
  name: string;
  help: string;
  value: number;
  span: number;
  first: string;
  onMove: (days: number) => void;
}

/** A slider of days, with a field to type one. */
function Slider({ id, name, help, value, span, first, onMove }: Sliding) {
  const shown = plusDays(first, value);
  return (
    <div class="slider">
      <label for={id} title={help}>
        {name}
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={span}
        value={value}
        aria-valuetext={day(shown)}
        onInput={(event) => onMove(Number(event.currentTarget.value))}
      />
      <input
        type="date"
        aria-label={`${name}${colon()}${help}`}
        value={shown}
        min={first}
        max={plusDays(first, span)}
        onChange={(event) => {
          const typed = event.currentTarget.value;
          if (typed) onMove(Math.min(span, Math.max(0, daysBetween(first, typed))));
        }}
      />
    </div>
  );
}
