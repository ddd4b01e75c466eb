// Where what is half written lies on this device, by whose it is.
import { type Reader, type Whose, isSame, standing } from './whose';

const PREFIX = 'passage.drafts.';
/** From before accounts were told apart: `passage.draft.<what>.<name of the user>`. */
const OLD = 'passage.draft.';

export interface Place extends Whose {
  /** Its name in the storage. */
  name: string;
  /** What is written, as `convoy`, `move.CV-1`. */
  what: string;
}

const nameOf = (what: string, owner: string): string => `${PREFIX}${owner}.${what}`;

/** Codes and names of users may have dots: where one ends the reader's own name may tell, else it is the first dot. */
function oldName(rest: string, called: string | null): { what: string; user: string } | null {
  const before = called && rest.endsWith(`.${called}`) ? rest.slice(0, -called.length - 1) : '';
  if (called && /^move\.[\p{L}\p{N}\-_.:+']+$/u.test(before)) return { what: before, user: called };
  const [, what, user] = /^(convoy|(?:move|mend)\.[^.]*)\.(.*)$/s.exec(rest) ?? [];
  return what === undefined || user === undefined ? null : { what, user };
}

export class Drafts {
  constructor(private readonly storage: Storage | null) {}

  private names(): string[] {
    const { storage } = this;
    return storage ? Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '') : [];
  }

  /** Every draft that is kept here, without what stands in it. Old names may end in what the reader is called. */
  all(called: string | null = null): Place[] {
    return this.names().flatMap((name) => this.place(name, called) ?? []);
  }

  private place(name: string, called: string | null): Place | null {
    if (name.startsWith(PREFIX)) {
      const [, owner = '', what = ''] = /^([^.]*)\.(.*)$/s.exec(name.slice(PREFIX.length)) ?? [];
      return { name, what, owner, user: this.open(name)?.user ?? '' };
    }
    const old = name.startsWith(OLD) ? oldName(name.slice(OLD.length), called) : null;
    return old && { name, owner: null, ...old };
  }

  private open(name: string): { user: string; draft: unknown } | null {
    try {
      return JSON.parse(this.storage?.getItem(name) ?? 'null') as { user: string; draft: unknown } | null;
    } catch {
      return null;
    }
  }

  read<T>(what: string, owner: string | null): T | null {
    return owner === null ? null : ((this.open(nameOf(what, owner))?.draft as T | undefined) ?? null);
  }

  write(what: string, { owner, user }: Whose, draft: object): void {
    if (owner === null) return;
    try {
      this.storage?.setItem(nameOf(what, owner), JSON.stringify({ user, draft }));
    } catch {
      // It stays in the form as long as the page is open.
    }
  }

  drop(what: string, owner: string | null): void {
    if (owner !== null) this.storage?.removeItem(nameOf(what, owner));
  }

  /** The reader has said that the old ones under their name are theirs; gives how many a newer one was in the way of. */
  claim(reader: Reader): number {
    let left = 0;
    for (const { name, what, ...whose } of this.all(reader.user)) {
      if (reader.id === null || standing(whose, reader) !== 'perhaps') continue;
      const isFree = this.storage?.getItem(nameOf(what, reader.id)) === null;
      if (isFree) this.write(what, { owner: reader.id, user: whose.user }, this.open(name) ?? {});
      // The old one goes only when the new one is seen to be there.
      if (isFree && this.read(what, reader.id) !== null) this.storage?.removeItem(name);
      else left += 1;
    }
    return left;
  }

  /** Removes all of one owner, as the reader, who is called so, was told of them. */
  removeAll(whose: Whose, called: string | null): void {
    for (const place of this.all(called)) if (isSame(place, whose)) this.storage?.removeItem(place.name);
  }
}
