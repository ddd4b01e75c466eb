// What a reader is not shown and is therefore in no sum, in the words of the program.
import { useAnswer, worded } from './api';

/** In no area: of coverage only its notes are wanted. */
const NOWHERE = '-';

/** How many convoys are left out of what stands here; nothing where none is. */
export function Withheld() {
  const answer = useAnswer<{ notes: string[] }>(worded('/api/v1/coverage', { admin1: NOWHERE }));
  // The first note says what coverage is; the program adds another where a convoy is withheld.
  const [, ...withheld] = answer.data?.notes ?? [];
  if (withheld.length === 0) return null;
  return (
    <p class="note" role="note">
      {withheld.join(' ')}
    </p>
  );
}
