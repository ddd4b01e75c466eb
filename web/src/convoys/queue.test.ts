// What must never happen to what somebody wrote at a checkpoint: lost, sent twice, or sent as somebody else.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Offline, Refusal, newKey } from '../api';
import { Memory } from './memory.test-help';
import { type Entry, type Ports, Shelf, type Step, anew, claim, removeAll, sendAll } from './queue';

let count = 0;
function entry(change: Partial<Entry> = {}): Entry {
  count += 1;
  return {
    id: `e${count}`,
    owner: 'usr_1',
    user: 'Hala',
    kind: 'convoy',
    title: 'Convoy',
    made: `2016-07-26T00:00:${String(count).padStart(2, '0')}Z`,
    steps: [{ url: '/api/v1/convoys', body: { mode: 'cross_line' }, key: `k${count}` }],
    done: 0,
    tried: false,
    refused: null,
    trouble: null,
    seen: null,
    form: null,
    ...change,
  };
}

let storage: Memory;
let shelf: Shelf;
let posts: Step[];
let sent: string[];

beforeEach(() => {
  storage = new Memory();
  shelf = new Shelf(storage);
  posts = [];
  sent = [];
  count = 0;
});

function ports(change: Partial<Ports> = {}): Ports {
  return {
    shelf,
    who: async () => 'usr_1',
    post: async (step) => {
      posts.push(step);
      return { code: 'CV-1', version: 10 };
    },
    version: async () => 9,
    changed: () => undefined,
    sent: (one) => sent.push(one.id),
    ...change,
  };
}

const no = (status: number, code = 'invalid') => new Refusal(status, code, 'no', [{ pointer: '/mode', detail: 'must be' }], null);
const failing = (fault: Error): Partial<Ports> => ({
  post: async (step) => {
    posts.push(step);
    throw fault;
  },
});

describe('the queue', () => {
  it('sends the oldest first and then forgets it', async () => {
    shelf.put(entry());
    shelf.put(entry());
    await sendAll(ports());
    expect(posts.map((step) => step.key)).toEqual(['k1', 'k2']);
    expect(shelf.all()).toEqual([]);
  });

  it('keeps what could not be sent, and sends it again under the same key after a reload', async () => {
    shelf.put(entry());
    await sendAll(ports(failing(new Offline())));
    shelf = new Shelf(storage);
    expect(shelf.all()[0]?.tried).toBe(true);
    await sendAll(ports());
    expect(posts.map((step) => step.key)).toEqual(['k1', 'k1']);
    expect(shelf.all()).toEqual([]);
  });

  it('stops at the first that finds no line', async () => {
    shelf.put(entry());
    shelf.put(entry());
    await sendAll(ports(failing(new Offline())));
    expect(posts).toHaveLength(1);
    expect(shelf.all()).toHaveLength(2);
  });

  it('keeps a refused one with all its problems and does not send it again by itself', async () => {
    shelf.put(entry());
    await sendAll(ports(failing(no(422))));
    await sendAll(ports());
    expect(posts).toHaveLength(1);
    expect(shelf.all()[0]?.refused).toMatchObject({ status: 422, step: 0, problems: [{ pointer: '/mode' }] });
  });

  it('goes on with the others when one is refused', async () => {
    shelf.put(entry());
    shelf.put(entry());
    let first = true;
    await sendAll(
      ports({
        post: async () => {
          if (!first) return {};
          first = false;
          throw no(422);
        },
      }),
    );
    expect(sent).toEqual(['e2']);
  });

  it('waits when the program is busy or the login has run out', async () => {
    for (const status of [401, 429, 503]) {
      shelf.put(entry());
      await sendAll(ports(failing(no(status))));
    }
    expect(shelf.all().map((one) => [one.refused, one.trouble?.status, one.tried])).toEqual([
      [null, 503, true],
      [null, 503, true],
      [null, 503, true],
    ]);
    await sendAll(ports(failing(no(401))));
    // Of the 503 before nobody can tell whether it was done: a login that has run out since does not tell it either.
    expect(shelf.all()[0]).toMatchObject({ trouble: { status: 401 }, tried: true });
  });

  it('does not send what somebody else wrote, nor anything for nobody', async () => {
    shelf.put(entry({ owner: 'usr_2' }));
    await sendAll(ports());
    await sendAll(ports({ who: async () => null }));
    await sendAll(ports({ who: async () => undefined }));
    expect(posts).toEqual([]);
    expect(shelf.all()).toHaveLength(1);
  });

  it('says of what was only turned away at the door that it was not sent', async () => {
    shelf.put(entry());
    await sendAll(ports(failing(no(401))));
    expect(shelf.all()[0]).toMatchObject({ trouble: { status: 401 }, tried: false });
  });

  it('stops without a refusal when somebody else has logged in meanwhile', async () => {
    shelf.put(entry());
    shelf.put(entry());
    await sendAll(ports(failing(no(409, 'other_reader'))));
    expect(posts).toHaveLength(1);
    expect(shelf.all()).toMatchObject([{ refused: null, tried: false }, { refused: null, tried: false }]);
  });

  it('does not send for another account of the same name', async () => {
    shelf.put(entry());
    await sendAll(ports({ who: async () => 'usr_2' }));
    expect(posts).toEqual([]);
  });

  it('never gives another key to what was sent without an answer', () => {
    const old = entry({ tried: true });
    expect(anew(old, { owner: 'usr_2' })).toBeNull();
    expect(anew(entry(), {})).toBeNull();
  });

  it('gives another key to what was mended', () => {
    const old = entry();
    const mended = anew({ ...old, refused: { status: 422, code: 'invalid', detail: '', problems: [], step: 0 } }, {});
    expect(mended?.refused).toBeNull();
    expect(mended?.steps[0]?.key).not.toBe(old.steps[0]?.key);
  });

  it('does not do a step again that was done before', async () => {
    const steps = ['source', 'convoy'].map((name) => ({ url: name, body: {}, key: name }));
    shelf.put(entry({ steps }));
    let down = true;
    const post = async (step: Step) => {
      posts.push(step);
      if (step.key === 'convoy' && down) throw new Offline();
      return {};
    };
    await sendAll(ports({ post }));
    down = false;
    await sendAll(ports({ post }));
    expect(posts.map((step) => step.key)).toEqual(['source', 'convoy', 'convoy']);
  });

  it('keeps in memory what the browser does not keep, and says so', () => {
    storage.full = true;
    shelf.put(entry());
    expect(shelf.all()).toHaveLength(1);
    expect(shelf.isKept('e1')).toBe(false);
  });

  it('passes over what is damaged', () => {
    storage.setItem('passage.queue.x', '{');
    storage.setItem('passage.other', '{}');
    expect(shelf.all()).toEqual([]);
  });

  it('makes a key also where the page is in no secure context', () => {
    const { crypto } = globalThis;
    vi.stubGlobal('crypto', { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) });
    const key = newKey();
    expect(key).toMatch(/^[0-9a-f]{32}$/);
    expect(newKey()).not.toBe(newKey());
    vi.unstubAllGlobals();
  });
});

describe('a move', () => {
  const move = (version: number) => entry({ kind: 'move', seen: { ref: 'CV-1', version } });

  it('is not made when somebody else has changed the convoy', async () => {
    shelf.put(move(8));
    await sendAll(ports());
    expect(posts).toEqual([]);
    expect(shelf.all()[0]?.refused).toMatchObject({ status: 412, code: 'stale' });
  });

  it('that was sent without an answer is sent again under its key, whatever the version is by now', async () => {
    shelf.put(move(8));
    shelf.put({ ...(shelf.all()[0] as Entry), tried: true });
    await sendAll(ports());
    expect(posts).toHaveLength(1);
  });

  it('follows the one before it, which made the version that it is compared with', async () => {
    shelf.put(move(9));
    shelf.put(move(9));
    let version = 9;
    const post = async () => ({ version: (version += 1) });
    await sendAll(ports({ post, version: async () => version }));
    expect(sent).toEqual(['e1', 'e2']);
  });

  it('waits behind one of the same convoy that was refused', async () => {
    shelf.put(move(9));
    shelf.put(move(9));
    await sendAll(ports(failing(no(409, 'impossible_move'))));
    expect(posts).toHaveLength(1);
    expect(shelf.all()[1]?.refused).toBeNull();
  });
});

describe('what was kept before accounts were told apart', () => {
  const old = (user = 'Hala') => {
    const { owner: _, ...rest } = entry({ user });
    storage.setItem(`passage.queue.${rest.id}`, JSON.stringify(rest));
  };

  it('is kept and counted, and not sent by itself', async () => {
    old();
    await sendAll(ports());
    expect(posts).toEqual([]);
    expect(shelf.all()).toMatchObject([{ owner: null, user: 'Hala' }]);
  });

  it('is sent under its key when somebody of that name has said that it is theirs', async () => {
    old();
    old('Omar');
    claim(shelf, { id: 'usr_1', user: 'Hala' });
    await sendAll(ports());
    expect(posts.map((step) => step.key)).toEqual(['k1']);
    expect(shelf.all()).toMatchObject([{ owner: null, user: 'Omar' }]);
  });

  it('cannot be claimed by nobody', () => {
    old('');
    claim(shelf, { id: null, user: null });
    claim(shelf, { id: 'usr_1', user: '' });
    expect(shelf.all()[0]?.owner).toBeNull();
  });

  it('is removed by whose it is, and nothing else with it', () => {
    old();
    old('Omar');
    shelf.put(entry());
    removeAll(shelf, { owner: null, user: 'Hala' });
    expect(shelf.all()).toMatchObject([{ user: 'Omar' }, { owner: 'usr_1' }]);
    removeAll(shelf, { owner: 'usr_1', user: 'called otherwise' });
    expect(shelf.all()).toMatchObject([{ user: 'Omar' }]);
  });
});

describe('moves of two readers', () => {
  const move = (owner: string) => entry({ kind: 'move', owner, seen: { ref: 'CV-1', version: 9 } });

  it('do not wait for each other', async () => {
    shelf.put(move('usr_2'));
    shelf.put(move('usr_1'));
    await sendAll(ports());
    expect(sent).toEqual(['e2']);
  });

  it('do not follow each other: who wrote the one has not seen the other', async () => {
    shelf.put(move('usr_1'));
    shelf.put(move('usr_2'));
    await sendAll(ports());
    expect(shelf.all()[0]?.seen?.version).toBe(9);
  });
});
