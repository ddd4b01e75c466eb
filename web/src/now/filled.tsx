// A sentence with figures in it: the words stay whole for translators, the figures keep what stands behind them.
import type { ComponentChildren } from 'preact';

/** Puts parts into the places of a text: `<Filled text="{n} trucks" n={<Figure>48</Figure>} />`. */
export function Filled({ text, parts }: { text: string; parts: Record<string, ComponentChildren> }) {
  return (
    <>
      {text.split(/(\{\w+\})/).map((piece) => {
        const name = /^\{(\w+)\}$/.exec(piece)?.[1];
        return name && name in parts ? parts[name] : piece;
      })}
    </>
  );
}

/** Things one after the other, with what stands between two and before the last. */
export function Listed({ things, between, last }: { things: ComponentChildren[]; between: string; last: string }) {
  return (
    <>
      {things.map((thing, index) => [index === 0 ? '' : index === things.length - 1 ? last : between, thing])}
    </>
  );
}
