// Sending something: whether it is under way, and what was said against it. A form that lacks something is not sent.
import { useState } from 'preact/hooks';
import { Offline, Refusal, changes } from './api';
import { lacking } from './field';

/** What is being sent, and what came of it. */
export function useSending(): { busy: boolean; fault: Refusal | Offline | null; send: (work: () => Promise<unknown>, form?: HTMLFormElement | null) => Promise<boolean> } {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Refusal | Offline | null>(null);
  const send = async (work: () => Promise<unknown>, form: HTMLFormElement | null = null) => {
    const lack = form && lacking(form);
    setFault(lack);
    if (lack) return false;
    setBusy(true);
    try {
      await work();
      changes.value += 1;
      return true;
    } catch (thrown) {
      if (!(thrown instanceof Refusal || thrown instanceof Offline)) throw thrown;
      setFault(thrown);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, fault, send };
}

