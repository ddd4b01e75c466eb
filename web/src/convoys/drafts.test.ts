// Drafts belong to an account; those from before accounts were told apart wait for somebody of their name.
import { beforeEach, describe, expect, it } from 'vitest';
import { Drafts } from './drafts';
import { Memory } from './memory.test-help';

const hala = { owner: 'usr_1', user: 'Hala' };
let storage: Memory;
let drafts: Drafts;

beforeEach(() => {
  storage = new Memory();
  drafts = new Drafts(storage);
});

describe('a draft', () => {
  it('is there again for its account, and for no other of the same name', () => {
    drafts.write('convoy', hala, { code: 'A' });
    expect(new Drafts(storage).read('convoy', 'usr_1')).toEqual({ code: 'A' });
    expect(drafts.read('convoy', 'usr_2')).toBeNull();
    expect(drafts.read('convoy', null)).toBeNull();
  });

  it('of nobody is not kept', () => {
    drafts.write('convoy', { owner: null, user: '' }, { code: 'A' });
    expect(storage.length).toBe(0);
  });

  it('is counted by whose it is', () => {
    drafts.write('move.CV.1', hala, {});
    storage.setItem('passage.draft.convoy.Hala B.', '{}');
    storage.setItem('passage.draft.move.CV-1.Omar', '{}');
    expect(drafts.all().map(({ what, owner, user }) => [what, owner, user])).toEqual([
      ['move.CV.1', 'usr_1', 'Hala'],
      ['convoy', null, 'Hala B.'],
      ['move.CV-1', null, 'Omar'],
    ]);
  });

  it('from before is not read until somebody of that name has said that it is theirs', () => {
    storage.setItem('passage.draft.convoy.Hala', '{"code":"old"}');
    expect(drafts.read('convoy', 'usr_1')).toBeNull();
    expect(drafts.claim({ id: 'usr_2', user: 'Omar' })).toBe(0);
    expect(drafts.claim({ id: 'usr_1', user: 'Hala' })).toBe(0);
    expect(drafts.read('convoy', 'usr_1')).toEqual({ code: 'old' });
    expect(storage.length).toBe(1);
  });

  it('from before of a convoy whose code has dots comes back to whoever is called as its name ends', () => {
    storage.setItem('passage.draft.move.CV.1.Hala', '{"note":"old"}');
    storage.setItem('passage.draft.move.CV-1.H. Hala', '{"note":"of another"}');
    expect(drafts.all('Hala').map(({ what, user }) => [what, user])).toEqual([
      ['move.CV.1', 'Hala'],
      ['move.CV-1', 'H. Hala'],
    ]);
    drafts.removeAll({ owner: null, user: 'Hala' }, 'Omar');
    expect(drafts.claim({ id: 'usr_1', user: 'Hala' })).toBe(0);
    expect(drafts.read('move.CV.1', 'usr_1')).toEqual({ note: 'old' });
  });

  it('from before does not take the place of a newer one, and is not lost', () => {
    storage.setItem('passage.draft.convoy.Hala', '{"code":"old"}');
    drafts.write('convoy', hala, { code: 'new' });
    expect(drafts.claim({ id: 'usr_1', user: 'Hala' })).toBe(1);
    expect(drafts.read('convoy', 'usr_1')).toEqual({ code: 'new' });
    expect(drafts.all()).toHaveLength(2);
  });

  it('stays where it was when the browser will not keep it anew', () => {
    storage.setItem('passage.draft.convoy.Hala', '{"code":"old"}');
    storage.full = true;
    expect(drafts.claim({ id: 'usr_1', user: 'Hala' })).toBe(1);
    expect(storage.getItem('passage.draft.convoy.Hala')).toBe('{"code":"old"}');
  });

  it('is removed with all of the same owner, and with nobody else’s', () => {
    drafts.write('convoy', hala, {});
    drafts.write('move.CV-1', hala, {});
    drafts.write('convoy', { owner: 'usr_2', user: 'Hala' }, {});
    drafts.removeAll(hala, null);
    expect(drafts.all().map((one) => one.owner)).toEqual(['usr_2']);
  });
});
