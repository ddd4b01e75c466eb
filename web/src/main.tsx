// Begins the page.
import { render } from 'preact';
import { Refusal } from './api';
import { Room } from './app';
import { beginLive } from './live';
import { load } from './load';
import { askMe } from './me';
import { beginPaper } from './paper';
import { beginRoute } from './route';
import './style.css';
import { beginTheme } from './theme';
import { beginLanguage } from './tongue';

/** When what waits is looked for, milliseconds after the start. */
const QUEUE_MS = 3_000;

/** When it is asked again who reads, where there was no answer, milliseconds. */
const ASK_AGAIN_MS = 5_000;

/** A stranger is an answer; a program that is busy, or a line that is down, is none. */
function askAgain(fault: unknown): void {
  if (fault instanceof Refusal && fault.status === 401) return;
  setTimeout(() => void askMe().catch(askAgain), ASK_AGAIN_MS);
}

/** Where it cannot be fetched it comes with the page, when a view that was torn loads that again. */
function beginSending(): void {
  const begin = load(() => import('./convoys/sending'));
  begin.then(({ beginQueue }) => beginQueue(), () => undefined);
}

beginLanguage();
beginTheme();
beginPaper();
beginRoute();
const place = document.getElementById('room');
if (place) {
  // Who reads is asked first: it says what time it is, and what may be offered. Without an answer the page still opens.
  void askMe()
    .catch(askAgain)
    .then(() => {
      render(<Room />, place);
      beginLive();
      // What waits to be sent is sent from whatever view is open; it is not needed to see the first one.
      setTimeout(beginSending, QUEUE_MS);
    });
}
