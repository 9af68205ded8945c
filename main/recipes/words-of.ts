import * as z from 'zod';

/** How a text is cut into words: the parameters that its steps share. */
export const wordParams = {
  ngrams: z.int().min(1).max(3).default(1).meta({
    title: 'Runs of words',
    description: '1: single words; 2: pairs of neighbours too; 3: threes too',
  }),
  lowercase: z
    .boolean()
    .default(true)
    .meta({ title: 'Lowercase', description: 'upper and lower case are the same word' }),
};

/** How texts become words: what the steps that read text have in common. */
export interface Words {
  readonly lowercase: boolean;
  /** 1: single words; 2: pairs of neighbours too, joined by a space. */
  readonly ngrams: number;
  /** Left out before pairs are made. */
  readonly stop: ReadonlySet<string>;
}

/**
 * The words of a text in order: every longest run of two or more letters, digits and underscores of any script (Unicode),
 * lowercased first where asked. Then pairs and longer runs of neighbours, as many as `ngrams` says.
 */
export function wordsOf(text: string, { lowercase, ngrams, stop }: Words): string[] {
  const from = lowercase ? text.toLowerCase() : text;
  const single = (from.match(/[\p{L}\p{N}_]+/gu) ?? []).filter(
    (word) => Array.from(word).length > 1 && !stop.has(word),
  );
  const made = [...single];
  for (let size = 2; size <= ngrams; size++) {
    for (let i = 0; i + size <= single.length; i++) made.push(single.slice(i, i + size).join(' '));
  }
  return made;
}

/** How often each word is there. */
export function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/** Divides by the length (l2) so that long texts weigh as short ones; all zeros stay. In place. */
export function toUnitLength(values: Float64Array): void {
  let squares = 0;
  for (const value of values) squares += value * value;
  if (squares === 0) return;
  const length = Math.sqrt(squares);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / length;
}
