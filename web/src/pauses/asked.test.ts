import { expect, test } from 'vitest';
import { Offline, Refusal } from '../api';
import { type Standing, answered, asking, dropped, failed, nothing, shownFor } from './asked';

const known: Standing<string> = answered('A', 'of A', 5);
const no = new Refusal(500, 'broken', 'no', [], null);

test('while another question is under way the last answer stands, and is marked', () => {
  expect(shownFor(known, 'B')).toMatchObject({ data: 'of A', loading: true });
  expect(shownFor(asking(known, 'B'), 'B')).toMatchObject({ data: 'of A', loading: true, fault: null });
});

test('the answer to another question does not stand for long, that to the same one does', () => {
  expect(dropped(asking(known, 'B'), 'B')).toMatchObject({ data: null, loading: true });
  expect(dropped(asking(known, 'A'), 'A')).toMatchObject({ data: 'of A', loading: true });
});

test('after a fault nothing that answers another question is shown', () => {
  expect(failed(asking(known, 'B'), 'B', new Offline())).toMatchObject({ data: null, at: null, loading: false });
  expect(failed(asking(known, 'B'), 'B', no)).toMatchObject({ data: null, fault: no });
});

test('a line that is down leaves the answer to the very question, a no leaves nothing', () => {
  expect(failed(asking(known, 'A'), 'A', new Offline())).toMatchObject({ data: 'of A', at: 5 });
  expect(failed(asking(known, 'A'), 'A', no)).toMatchObject({ data: null });
});

test('a fault of one question is not shown for the next', () => {
  expect(shownFor(failed(asking(known, 'B'), 'B', no), 'C')).toMatchObject({ fault: null, data: null, loading: true });
  expect(shownFor(nothing<string>(), 'A')).toMatchObject({ data: null, loading: true });
});
