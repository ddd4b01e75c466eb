// Whose a kept thing is, and what others are told of it.
import { describe, expect, it } from 'vitest';
import { heaps, standing } from './whose';

const hala = { id: 'usr_1', user: 'Hala' };

describe('what is kept on a device', () => {
  it('is the account’s, however it is called by now', () => {
    expect(standing({ owner: 'usr_1', user: 'Hala A.' }, hala)).toBe('mine');
    expect(standing({ owner: 'usr_2', user: 'Hala' }, hala)).toBe('other');
  });

  it('may be the reader’s where only the name is known and is theirs', () => {
    expect(standing({ owner: null, user: 'Hala' }, hala)).toBe('perhaps');
    expect(standing({ owner: null, user: 'Omar' }, hala)).toBe('other');
    expect(standing({ owner: null, user: '' }, { id: 'usr_1', user: '' })).toBe('other');
  });

  it('is nobody’s who is not logged in', () => {
    for (const reader of [null, { id: null, user: null }]) {
      expect(standing({ owner: null, user: '' }, reader)).toBe('other');
      expect(standing({ owner: 'usr_1', user: 'Hala' }, reader)).toBe('other');
    }
  });

  it('is told to others by number and name only', () => {
    const entries = [
      { owner: 'usr_1', user: 'Hala', title: 'secret' },
      { owner: 'usr_2', user: 'Hala', title: 'secret' },
      { owner: null, user: 'Hala', title: 'secret' },
      { owner: null, user: 'Omar', title: 'secret' },
      { owner: null, user: 'Omar', title: 'secret' },
    ];
    const drafts = [
      { owner: 'usr_2', user: '' },
      { owner: 'usr_3', user: 'Rima' },
    ];
    expect(heaps(entries, drafts, hala)).toEqual([
      { owner: 'usr_2', user: 'Hala', standing: 'other', entries: 1, drafts: 1 },
      { owner: null, user: 'Hala', standing: 'perhaps', entries: 1, drafts: 0 },
      { owner: null, user: 'Omar', standing: 'other', entries: 2, drafts: 0 },
      { owner: 'usr_3', user: 'Rima', standing: 'other', entries: 0, drafts: 1 },
    ]);
  });
});
