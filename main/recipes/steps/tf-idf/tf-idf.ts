import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import type { CategoryColumn } from '../../columns.ts';
import { defineStep } from '../../step.ts';
import { textColumn } from '../../step-columns.ts';
import { refuseTextMemory, textFeatures } from '../../text-features.ts';
import { countWords, toUnitLength, wordsOf, wordParams, type Words } from '../../words-of.ts';

const params = z.object({
  features: z
    .int()
    .min(1)
    .max(4096)
    .default(200)
    .meta({ title: 'Features', description: 'at most so many words per column, the most frequent' }),
  min_rows: z
    .int()
    .min(1)
    .default(2)
    .meta({ title: 'Fewest rows', description: 'only words that are in at least so many training rows' }),
  ...wordParams,
  stop_words: z
    .array(z.string())
    .default([])
    .meta({ title: 'Stop words', description: 'words that are left out' }),
  sublinear: z
    .boolean()
    .default(false)
    .meta({ title: 'Sublinear', description: 'counts a word that is there n times as 1 + log n' }),
  norm: z
    .enum(['l2', 'none'])
    .default('l2')
    .meta({ title: 'Length', description: 'l2: each text has length 1, long or short; none: as they come' }),
});

const state = z.object({
  ngrams: z.int(),
  lowercase: z.boolean(),
  stop_words: z.array(z.string()),
  sublinear: z.boolean(),
  norm: z.enum(['l2', 'none']),
  columns: z.array(
    z.object({
      /** Sorted. */
      words: z.array(z.string()),
      /** One weight per word: ln((1 + rows) / (1 + rows with it)) + 1. */
      weights: z.array(z.number()),
    }),
  ),
});

/** Each word's count in a text, times how rare the word is among training rows (Sparck Jones 1972, smoothed as in scikit-learn). */
export const tfIdf = defineStep({
  id: 'tf-idf',
  version: 1,
  title: 'Text by TF-IDF',
  doc: 'Makes a feature of each frequent word of a text column: its count, weighed up where few training rows have the word. A missing text is all zeros.',
  selects: null,
  keepsWords: true,
  params,
  state,
  noGraph: 'graphs have no operator that cuts text into words',
  fit(columns, { features, min_rows, ...how }, place) {
    return {
      ...how,
      columns: columns.map((column) =>
        vocabulary(textColumn(column, 'tf-idf', place), reading(how), features, min_rows),
      ),
    };
  },
  apply(columns, learned, place) {
    const features = learned.columns.reduce((sum, { words }) => sum + words.length, 0);
    refuseTextMemory('tf-idf', place, columns, features);
    return columns.map((column, i) => {
      const text = textColumn(column, 'tf-idf', place);
      const { words, weights } = learned.columns[i] ?? { words: [], weights: [] };
      const placeOf = new Map(words.map((word, at) => [word, at]));
      const names = words.map((word) => `${text.name}_${word}`);
      return textFeatures(text, names, (value) => {
        const made = new Float64Array(words.length);
        for (const [word, count] of countWords(wordsOf(value, reading(learned)))) {
          const at = placeOf.get(word);
          if (at !== undefined)
            made[at] = (learned.sublinear ? 1 + Math.log(count) : count) * (weights[at] ?? 0);
        }
        if (learned.norm === 'l2') toUnitLength(made);
        return made;
      });
    });
  },
  onnx() {
    throw fail('step-not-exportable', { step: 'tf-idf', what: 'the words of a text' });
  },
});

function reading(how: {
  readonly lowercase: boolean;
  readonly ngrams: number;
  readonly stop_words: readonly string[];
}): Words {
  const { lowercase, ngrams, stop_words } = how;
  return {
    lowercase,
    ngrams,
    stop: new Set(lowercase ? stop_words.map((w) => w.toLowerCase()) : stop_words),
  };
}

/** The most frequent words over all rows; of equally frequent ones the first in order. */
function vocabulary({ levels, codes }: CategoryColumn, how: Words, most: number, minRows: number) {
  const rowsOf = new Float64Array(levels.length);
  for (const code of codes) if (code >= 0) rowsOf[code] = (rowsOf[code] ?? 0) + 1;
  const counts = new Map<string, { times: number; rows: number }>();
  levels.forEach((level, code) => {
    const rows = rowsOf[code] ?? 0;
    if (rows === 0) return;
    for (const [word, times] of countWords(wordsOf(level, how))) {
      const so = counts.get(word) ?? { times: 0, rows: 0 };
      counts.set(word, { times: so.times + times * rows, rows: so.rows + rows });
    }
  });
  const words = [...counts]
    .filter(([, { rows }]) => rows >= minRows)
    .sort(([a, x], [b, y]) => y.times - x.times || (a < b ? -1 : 1))
    .slice(0, most)
    .map(([word]) => word)
    .sort();
  const weight = (word: string) => Math.log((1 + codes.length) / (1 + (counts.get(word)?.rows ?? 0))) + 1;
  return { words, weights: words.map(weight) };
}
