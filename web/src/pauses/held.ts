// All pauses, and the windows of all of them in a time, asked for one by one, few at once; the last answer stays while a newer is asked for.
import { useEffect, useState } from 'preact/hooks';
import { type Answer, Offline, Refusal, address, changes, get, useAnswer } from '../api';
import type { PauseRecord, Windows } from './answers';

const AT_ONCE = 4;
/** As many as the program gives at once. */
const MOST = 1000;

/** All pauses that are on record by the day, whole. */
export const usePauses = (): Answer<{ data: PauseRecord[] }> => useAnswer(address('/api/v1/pauses', { expand: 'all', limit: MOST }));

async function allOf(urls: string[], signal: AbortSignal): Promise<Windows[]> {
  const answers: Windows[] = [];
  let next = 0;
  const work = async () => {
    for (let at = next++; at < urls.length; at = next++) answers[at] = await get<Windows>(urls[at] ?? '', signal);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

export function useWindows(codes: string[] | null, from: string, to: string): Answer<Windows[]> {
  const [answer, set] = useState<Answer<Windows[]>>({ data: null, fault: null, loading: true, at: null });
  const urls = codes?.map((code) => address(`/api/v1/pauses/${encodeURIComponent(code)}/windows`, { from, to })) ?? null;
  const key = urls?.join(' ') ?? null;
  const turn = changes.value;
  useEffect(() => {
    if (urls === null) return;
    const stop = new AbortController();
    set((old) => ({ ...old, loading: true, fault: null }));
    allOf(urls, stop.signal)
      .then((data) => set({ data, fault: null, loading: false, at: Date.now() }))
      .catch((fault: unknown) => {
        if (stop.signal.aborted) return;
        stop.abort();
        if (!(fault instanceof Refusal || fault instanceof Offline)) throw fault;
        set((old) => ({ ...old, fault, loading: false, ...(fault instanceof Refusal ? { data: null } : {}) }));
      });
    return () => stop.abort();
  }, [key, turn]);
  return answer;
}
