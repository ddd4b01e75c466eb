import { afterEach, expect, test } from 'vitest';
import { language } from '../tongue';
import { flagWord } from './flags';

afterEach(() => {
  language.value = 'en';
});

test('what is to be minded is said in the language of the reader', () => {
  language.value = 'fr';
  expect(flagWord('stock_unknown')).toBe('stocks non comptés');
  language.value = 'ar';
  expect(flagWord('unknown_population')).toBe('السكان غير معدودين');
});

test('a code that is not known is shown in words', () => {
  expect(flagWord('some_new_doubt')).toBe('some new doubt');
});
