// The words of Now.
import { words } from '../tongue';
import { english } from './say.en';
import { arabic } from './say.ar';
import { french } from './say.fr';

export const say = words({ en: english, ar: arabic, fr: french });

/** A code of the API in the language of the reader; one that is not known here is shown as it is. */
export function word(kind: 'schemes' | 'byScheme' | 'statuses' | 'stages' | 'incidentTypes' | 'severities', code: string | null | undefined): string {
  if (!code) return say().unknown;
  return (say()[kind] as Record<string, string>)[code] ?? code.replaceAll('_', ' ');
}

/** The doubts behind a figure in words. */
export const doubts = (flags: string[]): string[] => flags.map((flag) => (say().flags as Record<string, string>)[flag] ?? flag.replaceAll('_', ' '));

