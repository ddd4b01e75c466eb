// The program's remarks on a figure, as a quiet list.

export function Remarks({ sentences }: { sentences: string[] }) {
  if (sentences.length === 0) return null;
  return (
    <ul class="remarks">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
}
