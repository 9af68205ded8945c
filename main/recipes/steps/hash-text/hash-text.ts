import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { defineStep } from '../../step.ts';
import { textColumn } from '../../step-columns.ts';
import { refuseTextMemory, textFeatures } from '../../text-features.ts';
import { toUnitLength, wordsOf, wordParams } from '../../words-of.ts';
import { murmurHash } from './murmur-hash.ts';

const params = z.object({
  features: z
    .int()
    .min(2)
    .max(4096)
    .default(256)
    .meta({ title: 'Features', description: 'how many columns the words are spread over' }),
  ...wordParams,
  norm: z
    .enum(['l2', 'none'])
    .default('l2')
    .meta({ title: 'Length', description: 'l2: each text has length 1, long or short; none: plain counts' }),
});

const state = params.required();

/** Words spread over a fixed number of features by a hash, half of them with a minus (Weinberger and others 2009). */
export const hashText = defineStep({
  id: 'hash-text',
  version: 1,
  title: 'Text by hashing',
  doc: 'Counts the words of a text column in a fixed number of features, chosen by a hash of the word; nothing is learned and no word is unknown. A missing text is all zeros.',
  selects: null,
  params,
  state,
  noGraph: 'graphs have no operator that cuts text into words',
  fit(columns, chosen, place) {
    for (const column of columns) textColumn(column, 'hash-text', place);
    return chosen;
  },
  apply(columns, { features, ngrams, lowercase, norm }, place) {
    refuseTextMemory('hash-text', place, columns, features * columns.length);
    return columns.map((column) => {
      const text = textColumn(column, 'hash-text', place);
      const names = Array.from({ length: features }, (_, i) => `${text.name}_hash${i}`);
      const how = { lowercase, ngrams, stop: new Set<string>() };
      return textFeatures(text, names, (value) => {
        const made = new Float64Array(features);
        for (const word of wordsOf(value, how)) {
          const hash = murmurHash(word);
          const at = Math.abs(hash) % features;
          made[at] = (made[at] ?? 0) + (hash >= 0 ? 1 : -1);
        }
        if (norm === 'l2') toUnitLength(made);
        return made;
      });
    });
  },
  onnx() {
    throw fail('step-not-exportable', { step: 'hash-text', what: 'the words of a text' });
  },
});
