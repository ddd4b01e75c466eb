// Where the keyboard goes when an alert moves to another group.

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
