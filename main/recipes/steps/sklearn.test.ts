import { describe, expect, test } from 'vitest';
import type { NumberColumn, RawColumn } from '../columns.ts';
import { applyPipeline, fitPipeline } from '../pipeline.ts';
import fixture from './sklearn.fixture.json' with { type: 'json' };

// The expected values were computed once by the versions that `fixture.tool` names.

const numbers = (table: readonly (readonly (number | null)[])[]): NumberColumn[] =>
  table.map((values, i) => ({
    kind: 'number',
    name: fixture.names[i] ?? '',
    values: Float64Array.from(values, (value) => value ?? NaN),
  }));

const words = (texts: readonly string[]): RawColumn[] => {
  const levels = [...new Set(texts)];
  return [
    { kind: 'category', name: 'w', levels, codes: Int32Array.from(texts, (text) => levels.indexOf(text)) },
  ];
};

const inputs = fixture.names.map((name) => ({ name, type: 'number' as const }));

/** Values of a dense design by column; NaN is never equal, so tests use columns without gaps. */
function run(steps: Parameters<typeof fitPipeline>[2], rows: NumberColumn[]): number[][] {
  const { pipeline } = fitPipeline(inputs, numbers(fixture.train), steps);
  return applyPipeline(pipeline, rows).blocks.flatMap((block) =>
    block.kind === 'dense' ? block.columns.map((column) => [...column]) : [],
  );
}

/** The largest difference, relative beyond 1; infinite when the shapes differ. */
function furthest(
  found: readonly (readonly number[])[],
  expected: readonly (readonly (number | null)[])[],
): number {
  if (found.length !== expected.length) return Infinity;
  return Math.max(
    ...found.flatMap((column, i) =>
      column.map((value, row) => {
        const wanted = expected[i]?.[row] ?? Infinity;
        return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
      }),
    ),
  );
}

/** Gaps stay gaps in a scaled column; they are filled after scaling, with a value that can be told apart. */
const filler = 123456;
const filled = (table: readonly (readonly (number | null)[])[]) =>
  table.map((column) => column.map((value) => value ?? filler));

describe(`against ${fixture.tool}`, () => {
  test.each(['mean', 'median', 'most_frequent'] as const)('impute %s', (strategy) => {
    expect(
      furthest(run([{ step: 'impute', strategy }], numbers(fixture.test)), fixture.impute[strategy]),
    ).toBeLessThanOrEqual(1e-12);
  });

  test('impute constant', () => {
    const steps = [{ step: 'impute', strategy: 'constant', fill: -5.5 }];
    expect(furthest(run(steps, numbers(fixture.test)), fixture.impute.constant)).toBeLessThanOrEqual(1e-12);
  });

  test('impute with indicators for the columns that have gaps in training', () => {
    const found = run([{ step: 'impute', indicator: true }], numbers(fixture.test));
    // a, a_missing, b, b_missing, c, c_missing, d
    expect(fixture.indicator.columns).toEqual([0, 1, 2]);
    expect(
      furthest([found[1] ?? [], found[3] ?? [], found[5] ?? []], fixture.indicator.values),
    ).toBeLessThanOrEqual(1e-12);
    expect(found.length).toBe(7);
  });

  test.each(['standard', 'min-max', 'robust'] as const)('scale %s', (method) => {
    const steps = [
      { step: 'scale', method },
      { step: 'impute', strategy: 'constant', fill: filler },
    ];
    expect(furthest(run(steps, numbers(fixture.test)), filled(fixture.scale[method]))).toBeLessThanOrEqual(
      1e-12,
    );
    expect(
      furthest(run(steps, numbers(fixture.train)), filled(fixture.scaleTrain[method])),
    ).toBeLessThanOrEqual(1e-12);
  });

  test.each(fixture.oneHot.cases)('one-hot $params', ({ params, rows }) => {
    const { pipeline } = fitPipeline([{ name: 'w', type: 'text' }], words(fixture.oneHot.train), [
      { step: 'one-hot', ...params },
    ]);
    const [block] = applyPipeline(pipeline, words(fixture.oneHot.test)).blocks;
    if (block?.kind !== 'one-hot') throw new Error('expected a one-hot block');
    const found = Array.from(block.codes, (code) => block.levels.map((_, level) => (level === code ? 1 : 0)));
    expect(found).toEqual(rows);
  });
});
