// Sending something: whether it is under way, and what was said against it.
import { useState } from 'preact/hooks';
import { Offline, Refusal, changes } from '../api';

/** What is being sent, and what came of it. */
export function useSending(): { busy: boolean; fault: Refusal | Offline | null; send: (work: () => Promise<unknown>) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | Offline | null>(null);
  const send = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
      changes.value += 1;
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Refusal || thrown instanceof Offline)) throw thrown;
      setFault(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, send };
}

/** For how long the keyboard follows an alert that was acted on into its new group, milliseconds. */
const FOLLOW_MS = 10_000;
let followed: { id: string; until: number } | null = null;

/** Brings the keyboard to an alert that was acted on, now and where it stands after the next answer. */
export function followTo(id: string): void {
  followed = { id, until: Date.now() + FOLLOW_MS };
  setTimeout(() => document.getElementById(id)?.focus({ preventScroll: true }), 0);
}

/** An alert that came into its place takes the keyboard along, once. */
export function arrive(place: HTMLElement | null): void {
  if (!place || followed?.id !== place.id) return;
  if (Date.now() < followed.until && document.activeElement === document.body) place.focus({ preventScroll: true });
  followed = null;
}
