// Where the keyboard goes after something was sent: the form that held it is gone, what is said of it takes it.

let followed: string | null = null;

/** The keyboard goes along with what was just sent. */
export const follow = (id: string): void => {
  followed = id;
};

/** Brings the keyboard to what is said of that which was sent, unless it went elsewhere meanwhile. */
export function arrive(id: string | null, place: HTMLElement | null): void {
  if (id === null || followed !== id || document.activeElement !== document.body) return;
  place?.focus();
}

/** The first thing in a form that is said to be wrong, else the form itself. */
export const firstWrong = (form: HTMLFormElement | null): HTMLElement | null =>
  form?.querySelector<HTMLElement>('[aria-invalid="true"], .problems[tabindex], .wrong[tabindex]') ?? form;
