// A storage for tests, which can be full.
export class Memory implements Storage {
  private readonly kept = new Map<string, string>();
  full = false;
  get length() {
    return this.kept.size;
  }
  key = (index: number) => [...this.kept.keys()][index] ?? null;
  getItem = (name: string) => this.kept.get(name) ?? null;
  setItem(name: string, value: string) {
    if (this.full) throw new Error('full');
    this.kept.set(name, value);
  }
  removeItem = (name: string) => void this.kept.delete(name);
  clear = () => this.kept.clear();
}
