import { formatInstant } from '../../ui/text/format.ts';
import { defineWords } from '../../ui/text/words.ts';

/** Of a run whose data was deleted for good. */
export const words = defineWords(
  {
    gone: 'data deleted',
    why: (by: string, at: string, reason: string | null) =>
      `${by} deleted its data, ${formatInstant(at)}${reason === null ? '' : `: ${reason}`}. It can't be reproduced until the same data is here again.`,
  },
  {
    gone: 'Daten gelöscht',
    why: (by, at, reason) =>
      `${by} hat ihre Daten gelöscht, ${formatInstant(at)}${reason === null ? '' : `: ${reason}`}. Der Lauf lässt sich nicht wiederholen, bis dieselben Daten wieder da sind.`,
  },
);
