// Begins the page.
import { render } from 'preact';
import { Room } from './app';
import { beginLive } from './live';
import { askMe } from './me';
import { beginRoute } from './route';
import './style.css';
import { beginTheme } from './theme';
import { beginLanguage } from './tongue';

/** When what waits is looked for, milliseconds after the start. */
const QUEUE_MS = 3_000;

beginLanguage();
beginTheme();
beginRoute();
const place = document.getElementById('room');
if (place) {
  // Who reads is asked first: it says what time it is, and what may be offered. Without an answer the page still opens.
  void askMe()
    .catch(() => undefined)
    .then(() => {
      render(<Room />, place);
      beginLive();
      // What waits to be sent is sent from whatever view is open; it is not needed to see the first one.
      setTimeout(() => void import('./convoys/sending').then(({ beginQueue }) => beginQueue()).catch(() => undefined), QUEUE_MS);
    });
}
