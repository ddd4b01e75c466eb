// What is offered as somebody types.
import { expect, it } from 'vitest';
import { offers } from './inputs';

const areas = ['Madaya', 'Darayya', 'Rural Damascus'].map((name) => ({ code: `SY-${name.toUpperCase()}`, name }));
const names = (text: string) => offers(areas, text).map(({ name }) => name);

it('offers what has the text, first what begins with it', () => {
  expect(names('da')).toEqual(['Darayya', 'Madaya', 'Rural Damascus']);
  expect(names('DARA')).toEqual(['Darayya']);
  expect(names('sy-mad')).toEqual(['Madaya']);
  expect(names('nowhere')).toEqual([]);
});
