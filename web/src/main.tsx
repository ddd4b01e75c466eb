// Begins the page.
import { render } from 'preact';
import { Room } from './app';
import { beginLive } from './live';
import { askMe } from './me';
import { beginRoute } from './route';
import './style.css';
import { beginTheme } from './theme';
import { beginLanguage } from './tongue';

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
    });
}
