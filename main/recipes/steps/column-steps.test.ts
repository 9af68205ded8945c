import { describe, expect, test } from 'vitest';
import type { RawColumn } from '../columns.ts';
import type { Target } from '../design.ts';
import { applyPipeline, fitPipeline, type FittedPipeline } from '../pipeline.ts';
import type { RecipeStep } from '../recipe.ts';
import fixture from './column-steps.fixture.json' with { type: 'json' };

// The expected values were computed once by the versions that `fixture.tool` names; see column-steps.fixture.py.

const numbers = (table: readonly (readonly number[])[], names = fixture.names): RawColumn[] =>
  table.map((values, i) => ({ kind: 'number', name: names[i] ?? '', values: Float64Array.from(values) }));

const text = (name: string, texts: readonly string[]): RawColumn => {
  const levels = [...new Set(texts)].filter((level) => level !== '');
  return {
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(texts, (value) => (value === '' ? -1 : levels.indexOf(value))),
  };
};

const inputs = (columns: readonly RawColumn[]) =>
  columns.map(({ name, kind }) => ({
    name,
    type: kind === 'number' ? ('number' as const) : ('text' as const),
  }));

interface Use {
  readonly train: RawColumn[];
  readonly rows: RawColumn[];
  readonly target?: Target;
}

/** What the steps make of `rows`, by column; names beside. */
function run(steps: readonly RecipeStep[], { train, rows, target }: Use) {
  const { pipeline } = fitPipeline(inputs(train), train, steps, target ? { target } : {});
  const { blocks } = applyPipeline(pipeline, rows);
  const values = blocks.flatMap((block) =>
    block.kind === 'dense' ? block.columns.map((column) => [...column]) : [[...block.codes]],
  );
  return { values, names: pipeline.features, pipeline };
}

/** The largest difference, relative beyond 1; infinite when the shapes differ. */
function furthest(found: readonly (readonly number[])[], expected: readonly (readonly number[])[]): number {
  if (found.length !== expected.length) return Infinity;
  return Math.max(
    ...found.flatMap((column, i) =>
      column.length === expected[i]?.length
        ? column.map((value, row) => {
            const wanted = expected[i]?.[row] ?? Infinity;
            return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
          })
        : [Infinity],
    ),
  );
}

/** What the first step learned. */
function stateOf<State>({ steps: [first] }: FittedPipeline): State {
  if (!first) throw new Error('there is a step');
  return first.state as State;
}

/** What each column tells of the target. */
function scores(columns: RawColumn[], target: Target): number[] {
  const steps = [{ step: 'select', columns: 'all' as const }, { step: 'codes' }];
  const { pipeline } = run(steps, { train: columns, rows: columns, target });
  return stateOf<{ score: number }[]>(pipeline).map(({ score }) => score);
}

const table: Use = { train: numbers(fixture.train), rows: numbers(fixture.test) };
const only = (at: number): Use => ({
  train: table.train.slice(at, at + 1),
  rows: table.rows.slice(at, at + 1),
});

describe(`against ${fixture.tool}`, () => {
  test('powers of greatest likelihood, and what they make', () => {
    // The search for the best power ends within about the root of the rounding error of the likelihood.
    const yeo = run([{ step: 'power', standardize: false }], table);
    expect(furthest(yeo.values, fixture.power['yeo-johnson plain'])).toBeLessThan(1e-6);
    expect(furthest(run([{ step: 'power' }], table).values, fixture.power['yeo-johnson'])).toBeLessThan(1e-6);
    const box = run([{ step: 'power', method: 'box-cox' }], only(0));
    expect(furthest(box.values, fixture.power['box-cox'])).toBeLessThan(1e-6);
    const lambdas = stateOf<{ columns: { lambda: number }[] }>(yeo.pipeline).columns;
    expect(furthest([lambdas.map(({ lambda }) => lambda)], [fixture.power.lambdas])).toBeLessThan(1e-6);
  });

  test.each(['log', 'log1p', 'sqrt'] as const)('%s', (method) => {
    const { values } = run([{ step: 'power', method, standardize: false }], only(0));
    expect(furthest(values, [(fixture.test[0] ?? []).map((x) => Math[method](x))])).toBeLessThan(1e-12);
  });

  test.each(fixture.bin)('bin $method into $bins', ({ method, bins, values }) => {
    expect(run([{ step: 'bin', method, bins, encode: 'ordinal' }], table).values).toEqual(values);
    const { pipeline } = run([{ step: 'bin', method, bins }], table);
    const blocks = applyPipeline(pipeline, table.rows).blocks;
    expect(blocks.map((block) => (block.kind === 'one-hot' ? [...block.codes] : []))).toEqual(values);
  });

  test.each(fixture.pca)('pca $params', ({ params, values }) => {
    expect(furthest(run([{ step: 'pca', ...params }], table).values, values)).toBeLessThan(1e-10);
  });

  test('pca says what share of the variance each component holds', () => {
    const { pipeline } = run([{ step: 'pca', components: 4 }], table);
    const { shares } = stateOf<{ shares: number[] }>(pipeline);
    expect(furthest([shares], [fixture.pcaShares])).toBeLessThan(1e-12);
  });

  test.each(fixture.polynomial)('polynomial $params', ({ params, values }) => {
    const { interactions, ...rest } = { interactions: false, ...params };
    const step = interactions ? { step: 'interactions' } : { step: 'polynomial', ...rest };
    expect(furthest(run([step], table).values, values)).toBeLessThan(1e-12);
  });

  const { words } = fixture;
  const classes = { binary: ['no', 'yes'], multi: ['a', 'b', 'c'] };
  const targets: Readonly<Record<string, Target>> = {
    amount: { task: 'regression', values: Float64Array.from(words.amount) },
    ...Object.fromEntries(
      (['binary', 'multi'] as const).map((name) => [
        name,
        {
          task: 'classification',
          classes: classes[name],
          codes: Int32Array.from(words[name], (value) => classes[name].indexOf(value)),
        },
      ]),
    ),
  };
  const wordUse: Use = { train: [text('w', words.train)], rows: [text('w', words.test)] };

  test.each(fixture.target)(
    'target encoding of $target, smoothed by $smooth',
    ({ target, smooth, values }) => {
      const use = { ...wordUse, target: targets[target]! };
      expect(furthest(run([{ step: 'target-encode', smooth }], use).values, values)).toBeLessThan(1e-12);
    },
  );

  test.each(fixture.ordinal)('ordinal, $order', ({ order, values }) => {
    expect(run([{ step: 'ordinal', order, unknown: 'below' }], wordUse).values).toEqual(values);
  });

  test('variance: values, and which columns it keeps', () => {
    const { names, pipeline } = run([{ step: 'select', method: 'variance', above: 5 }], table);
    expect(names).toEqual(fixture.names.filter((_, i) => fixture.variance.kept[i]));
    const found = stateOf<{ score: number }[]>(pipeline).map(({ score }) => score);
    expect(furthest([found], [fixture.variance.values])).toBeLessThan(1e-12);
  });

  test('mutual information with classes, with amounts, and of text', () => {
    const { information } = fixture;
    expect(furthest([scores(table.train, targets['multi']!)], [information.classes])).toBeLessThan(1e-12);
    expect(furthest([scores(table.train, targets['amount']!)], [information.amounts])).toBeLessThan(1e-12);
    const one = scores([text('w', words.train)], targets['multi']!);
    expect(furthest([one], [[information.words]])).toBeLessThan(1e-12);
    const flag = scores(numbers([information.flags]), targets['multi']!);
    expect(information.flag).toBeGreaterThan(0.01);
    expect(furthest([flag], [[information.flag]])).toBeLessThan(1e-12);
  });

  const texts: Use = {
    train: [text('t', fixture.texts.train)],
    rows: [text('t', fixture.texts.test)],
  };

  test.each(fixture.tfIdf)('tf-idf $params', ({ params, words: known, values }) => {
    const found = run([{ step: 'tf-idf', columns: ['t'], ...params }], texts);
    expect(found.names).toEqual(known.map((word) => `t_${word}`));
    expect(furthest(found.values, values)).toBeLessThan(1e-12);
  });

  test.each(fixture.hash)('text by hashing $params', ({ params, values }) => {
    const use = { train: texts.train, rows: texts.train };
    const found = run([{ step: 'hash-text', columns: ['t'], ...params }], use);
    expect(furthest(found.values, values)).toBeLessThan(1e-12);
  });

  const { calendar } = fixture;
  const days: Use = { train: numbers([calendar.days], ['d']), rows: numbers([calendar.days], ['d']) };

  test.each(Object.entries(calendar.parts))('calendar: %s', (part, values) => {
    const step = { step: 'calendar', columns: ['d'], cyclic: [], parts: [part] };
    expect(run([step], days).values).toEqual([values]);
  });

  test.each(Object.entries(calendar.cycles))('calendar: the cycle of %s', (part, values) => {
    const step = { step: 'calendar', columns: ['d'], cyclic: [part], parts: [] };
    expect(furthest(run([step], days).values, values)).toBeLessThan(1e-9);
  });
});

describe('target encoding and what a row may know', () => {
  const levels = Array.from({ length: 60 }, (_, row) => ['a', 'b', 'c', `only${row}`][row % 4] ?? '');
  const values = Float64Array.from(levels, (_, row) => ((row * 37) % 101) / 7);
  const columns = [text('w', levels)];
  const fit = (answers: Float64Array) =>
    fitPipeline(inputs(columns), columns, [{ step: 'target-encode' }], {
      target: { task: 'regression', values: answers },
    });
  const feature = (answers: Float64Array) => {
    const [block] = fit(answers).design.blocks;
    return block?.kind === 'dense' ? block.columns[0]! : new Float64Array();
  };

  test("a training row's feature does not depend on its own target, and depends on others of its level", () => {
    const before = feature(values);
    for (const row of [0, 3, 17, 59]) {
      const moved = values.slice();
      moved[row] = 1e6;
      const after = feature(moved);
      expect(after[row]).toBe(before[row]);
      expect(after.filter((value, at) => value !== before[at]).length).toBeGreaterThan(5);
    }
  });

  test('a level that one row has tells nothing in training: it is the mean of the other folds', () => {
    const found = feature(values);
    const lonely = levels.flatMap((level, row) => (level.startsWith('only') ? [found[row]!] : []));
    expect(new Set(lonely).size).toBeLessThanOrEqual(5);
  });

  test('pure noise with a level a row scores no better than chance on the training rows', () => {
    const answers = Float64Array.from(values, (_, row) => (row * 7919) % 13);
    const lone = [
      text(
        'w',
        Array.from(values, (_, row) => `level ${row}`),
      ),
    ];
    const { design, pipeline } = fitPipeline(inputs(lone), lone, [{ step: 'target-encode', smooth: 0 }], {
      target: { task: 'regression', values: answers },
    });
    const column = (made: typeof design) =>
      made.blocks[0]?.kind === 'dense' ? made.blocks[0].columns[0]! : new Float64Array();
    // Encoded by itself a level of one row is its target: the leak that the folds take away.
    expect([...column(applyPipeline(pipeline, lone))]).toEqual([...answers]);
    expect(new Set(column(design)).size).toBe(5);
  });
});

describe('what does not fit is named', () => {
  const target: Target = { task: 'regression', values: Float64Array.from(fixture.train[0] ?? []) };
  const word = text('w', fixture.words.train);
  const train = [...table.train, word];
  const attempt = (step: RecipeStep) => () => fitPipeline(inputs(train), train, [step], { target });

  test.each<[RecipeStep, string]>([
    [{ step: 'bin', method: 'edges' }, 'step 1 (bin): edges: say at least one value to cut at'],
    [
      { step: 'bin', method: 'edges', edges: [3, 1] },
      'step 1 (bin): edges: must ascend, and 1 comes after 3',
    ],
    [{ step: 'bin', edges: [1] }, 'edges: the method is quantile; say "method: edges"'],
    [{ step: 'bin', columns: ['w'] }, 'column "w" is text; bin works on numbers'],
    [
      { step: 'power', method: 'box-cox', columns: ['both'] },
      'column "both" is -0.026 at row 1; power works on numbers above 0 when the method is box-cox',
    ],
    [
      { step: 'power', method: 'log', columns: ['tied'] },
      'power works on numbers above 0 when the method is log',
    ],
    [{ step: 'ordinal', order: ['a', 'a'] }, 'order: "a" is there twice'],
    [{ step: 'ordinal', order: ['red'], unknown: 'error' }, 'which training never saw'],
    [{ step: 'interactions', between: ['w'] }, 'between: "w" is not among the columns of this step'],
    [{ step: 'pca', components: 9 }, 'components: 9 of 4 columns; at most as many as columns'],
    [{ step: 'select', method: 'variance', columns: 'all' }, 'column "w" is text; select works on numbers'],
    [{ step: 'target-encode', columns: ['both'] }, 'column "both" is numbers; target-encode works on text'],
    [{ step: 'calendar', columns: ['both'], parts: [], cyclic: [] }, 'say at least one part or cycle'],
    [{ step: 'tf-idf', columns: ['both'] }, 'column "both" is numbers; tf-idf works on text'],
  ])('%o', (step, words) => {
    expect(attempt(step)).toThrow(words);
  });

  test('too many products and terms are refused, with their number', () => {
    const wide = numbers(
      Array.from({ length: 120 }, () => [1, 2]),
      Array.from({ length: 120 }, (_, i) => `n${i}`),
    );
    const fit = (step: RecipeStep) => () => fitPipeline(inputs(wide), wide, [step]);
    expect(fit({ step: 'interactions' })).toThrow('120 columns make 7140 products; at most 5000');
    expect(fit({ step: 'polynomial', degree: 3 })).toThrow('at most 5000 are made');
  });

  test('a step that learns from the target needs one', () => {
    expect(() => fitPipeline(inputs([word]), [word], [{ step: 'target-encode' }])).toThrow(
      'it learns from the target, and there is none here',
    );
  });
});
