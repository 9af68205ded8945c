import { expect, test } from 'vitest';
import type { CategoryColumn } from './columns.ts';
import { findStep } from './steps/index.ts';
import { refuseTextMemory } from './text-features.ts';

/** 20 million texts take 80 MB; 4,096 features of them would take 655 GB. */
const column: CategoryColumn = {
  kind: 'category',
  name: 'text',
  levels: ['a word'],
  codes: new Int32Array(20_000_000),
};
const place = { position: 2, row: (at: number) => at + 1, target: null, seed: 1 };

test.each(['hash-text', 'tf-idf'])(
  'what %s would take is refused with an estimate before any of it is there',
  (id) => {
    const step = findStep(id)!;
    const words = Array.from({ length: 4096 }, (_, i) => `w${i}`);
    const learned = { columns: [{ words, weights: words.map(() => 1) }] };
    const how = step.params.parse({ features: 4096 });
    const began = process.memoryUsage.rss();
    expect(() => step.apply([column], { ...how, ...(id === 'tf-idf' ? learned : {}) }, place)).toThrow(
      `step 2 (${id}): 4096 features of 20000000 rows need about 655360 MB of memory, and `,
    );
    expect(process.memoryUsage.rss() - began).toBeLessThan(1e9);
  },
);

test('what just fits is let through, and one byte more is not', () => {
  const one = { ...column, codes: new Int32Array(10) };
  expect(() => refuseTextMemory('hash-text', place, [one], 100, 8000)).not.toThrow();
  expect(() => refuseTextMemory('hash-text', place, [one], 100, 7999)).toThrow('need about 1 MB');
});
