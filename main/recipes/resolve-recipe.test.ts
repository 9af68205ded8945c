import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { ColumnType } from '../../preload/contract/column-types.ts';
import { Failure } from '../../preload/contract/errors.ts';
import { tableFacts, type TypedColumn } from './column-facts.ts';
import { applyPipeline, fitPipeline } from './pipeline.ts';
import { requireResolved, resolveRecipe, type FamilyFacts } from './resolve-recipe.ts';
import { recipeHash, recipeYaml } from './write-recipe.ts';

const families: FamilyFacts[] = [
  {
    id: 'linear',
    title: 'Linear',
    tasks: ['regression', 'classification'],
    takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
    params: z.object({ alpha: z.number().min(0).default(1), intercept: z.boolean().default(true) }),
  },
  {
    id: 'curve',
    title: 'Curve',
    tasks: ['regression'],
    params: z.object({
      bend: z.number().default(1),
      late: z.array(z.number()).default([2, 3]).meta({ unwritten: true }),
    }),
    takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  },
];

const rows = 60;

function number(name: string, of: (row: number) => number, type: ColumnType = 'float64'): TypedColumn {
  return {
    type,
    column: { kind: 'number', name, values: Float64Array.from({ length: rows }, (_, row) => of(row)) },
  };
}

function text(name: string, of: (row: number) => string | null): TypedColumn {
  const texts = Array.from({ length: rows }, (_, row) => of(row));
  const levels = [...new Set(texts.filter((value) => value !== null))];
  const codes = Int32Array.from(texts, (value) => (value === null ? -1 : levels.indexOf(value)));
  return { type: 'utf8', column: { kind: 'category', name, levels, codes } };
}

const houses: TypedColumn[] = [
  text('city', (row) => ['ELK GROVE', 'SACRAMENTO', 'GALT'][row % 3] ?? null),
  number('beds', (row) => 1 + (row % 4), 'int64'),
  number('sqft', (row) => (row === 7 ? NaN : 800 + row * 10.5)),
  number('sold', (row) => row % 2, 'bool'),
  number('built', (row) => 10_000 + row, 'date'),
  number('price', (row) => 50_000.5 + row * 1000),
  text('id', (row) => `house ${row}`),
  text('note', () => null),
  number('zero', () => 0),
  number('broken', (row) => (row === 11 ? Infinity : row)),
];

const resolve = (recipe: unknown, table = houses) => resolveRecipe(recipe, tableFacts(table), families);
const problemOf = (recipe: unknown, table = houses) =>
  resolve(recipe, table).problems.map(({ path, message }) => `${path}: ${message}`);

const curveParams = (given: string) =>
  requireResolved(resolve(`target: price\nfamily: curve\nexclude: broken\nparams: ${given}\n`)).params;

const smallest = 'target: price\nfamily: linear\nexclude: broken\n';

describe('defaults', () => {
  test('of the smallest recipe', () => {
    const { recipe, notes, problems } = resolve(smallest);
    expect(problems).toEqual([]);
    expect(recipe).toEqual({
      target: 'price',
      task: 'regression',
      features: ['city', 'beds', 'sqft', 'sold', 'built'],
      split: { method: 'random', train: 0.6, validation: 0.2, test: 0.2, seed: 42 },
      steps: [
        { step: 'impute', columns: 'numbers', strategy: 'median', fill: null, indicator: false },
        { step: 'impute', columns: 'categories', strategy: 'most_frequent', fill: null, indicator: false },
        { step: 'scale', columns: 'numbers', method: 'standard' },
        { step: 'one-hot', columns: 'categories', unknown: 'ignore', min_share: 0.001, max_levels: 1000 },
      ],
      family: 'linear',
      params: { alpha: 1, intercept: true },
      seed: 42,
    });
    expect(notes).toEqual([
      'column "id" is left out: it is a different text in every row, such as a name or an identifier',
      'column "note" is left out: it has no value in any row',
      'column "zero" is left out: it has one value only, 0',
    ]);
  });

  test('a parameter that came later is left out while it has its default, so that recipes from before keep their hash', () => {
    expect(curveParams('{}')).toEqual({ bend: 1 });
    expect(curveParams('{ late: [2, 3], bend: 4 }')).toEqual({ bend: 4 });
    expect(curveParams('{ late: [3] }')).toEqual({ bend: 1, late: [3] });
  });

  test('a recipe and its expansion are one, by hash and in YAML', () => {
    const recipe = requireResolved(resolve(smallest));
    const again = requireResolved(resolve(recipeYaml(recipe)));
    expect(again).toEqual(recipe);
    expect(recipeHash(again)).toBe(recipeHash(recipe));
    const reordered = Object.fromEntries(Object.entries(recipe).toReversed());
    expect(recipeHash(requireResolved(resolve(reordered)))).toBe(recipeHash(recipe));
    expect(recipeHash(requireResolved(resolve(`${smallest}seed: 43\n`)))).not.toBe(recipeHash(recipe));
    expect(recipeHash(requireResolved(resolve(`${smallest}params: {alpha: 2}\n`)))).not.toBe(
      recipeHash(recipe),
    );
  });

  test('a target of more classes than the family tells apart is refused, naming those that do', () => {
    const [linear, curve] = families;
    const known = [linear!, curve!, { ...linear!, id: 'pair', mostClasses: 2 }];
    const { problems, recipe } = resolveRecipe({ target: 'city', family: 'pair' }, tableFacts(houses), known);
    expect(recipe).toBeNull();
    expect(problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      expect.stringMatching(
        /^family: pair: it tells at most 2 classes apart, and the target has \d+; linear take more$/,
      ),
    ]);
  });

  test('the seed asked for on the way takes the place of the written one', () => {
    const recipe = requireResolved(
      resolveRecipe(`${smallest}seed: 5\n`, tableFacts(houses), families, { seed: 9 }),
    );
    expect([recipe.seed, recipe.split.seed]).toEqual([9, 9]);
  });

  test.each([
    ['city', 'classification', 'stratified', undefined],
    ['sold', 'classification', 'stratified', undefined],
    ['price', 'regression', 'random', undefined],
    [
      'beds',
      'classification',
      'stratified',
      '"beds" has 4 different whole numbers, taken as classes; say "task: regression" to predict it as an amount',
    ],
  ])('the task for target %s is %s, split %s', (target, task, method, note) => {
    const { recipe, notes } = resolve({ target, family: 'linear', exclude: ['broken'] });
    expect([recipe?.task, recipe?.split.method]).toEqual([task, method]);
    expect(notes.find((line) => line.includes('taken as classes'))).toBe(note);
  });

  test('few whole numbers are amounts where most rows have one of their own, or all the same', () => {
    const first = houses.map(({ type, column }) => ({ type, column }));
    const few = [number('units', (row) => (row < 8 ? row * 5 : NaN), 'int64'), ...first];
    expect(resolve({ target: 'units', family: 'linear', exclude: ['broken'] }, few).recipe?.task).toBe(
      'regression',
    );
    expect(problemOf({ target: 'zero', family: 'linear', exclude: ['broken'] })).toEqual([
      'target: target "zero" is 0 in all 60 rows that have it; there is nothing to learn. Choose another target',
    ]);
  });

  test('more columns than rows is allowed, and said', () => {
    const wide = [
      ...Array.from({ length: 50 }, (_, i) => number(`x${i}`, (row) => Math.sin(row * (i + 1)))),
      ...houses,
    ];
    expect(resolve(smallest, wide).notes).toContain(
      'there are more columns (55) than training rows (36): the model can fit the training rows by heart, so trust only the test metrics',
    );
  });
});

function codeOf(recipe: unknown): string {
  try {
    return requireResolved(resolve(recipe)).target;
  } catch (error) {
    return error instanceof Failure ? error.code : String(error);
  }
}

describe('refusals', () => {
  test.each<[unknown, string]>([
    [
      { target: 'prize', family: 'linear' },
      'target: the recipe\'s target "prize" is not a column of the data; it has city, beds, sqft, sold, built, price, id, note, zero, broken',
    ],
    [
      { target: 'note', family: 'linear' },
      'target: target "note" has no value in any of the 60 rows; there is nothing to learn. Choose another target',
    ],
    [
      { target: 'zero', family: 'linear', task: 'regression' },
      'target: target "zero" is 0 in all 60 rows that have it; there is nothing to learn. Choose another target',
    ],
    [
      { target: 'zero', family: 'linear', task: 'classification' },
      'target: target "zero" has one class only, "0", in all 60 rows that have it; classification needs at least two',
    ],
    [
      { target: 'city', family: 'linear', task: 'regression' },
      'target: target "city" is text, such as "ELK GROVE"; regression predicts numbers. Say "task: classification" or choose another target',
    ],
    [
      { target: 'id', family: 'linear' },
      'target: target "id" has 60 different values in 60 rows: that is a name or a free text, not a class. Choose another target',
    ],
    [
      { target: 'price', family: 'linear', task: 'classification' },
      'target: target "price" has 60 different values in 60 rows: too many for classes. Say "task: regression" or choose another target',
    ],
    [
      { target: 'built', family: 'linear' },
      'target: target "built" is a date; dates and times can\'t be predicted. Choose another target',
    ],
    [
      { target: 'broken', family: 'linear' },
      'target: target "broken" is infinite at row 12; targets must be finite numbers',
    ],
    [{ target: 'price', family: 'liner' }, 'family: unknown family "liner"; did you mean "linear"?'],
    [{ target: 'price', family: 'forest' }, 'family: unknown family "forest"; there is linear, curve'],
    [{ target: 'city', family: 'curve' }, 'family: "curve" does not do classification; linear do'],
    [
      { target: 'price', family: 'linear', params: { alhpa: 1 } },
      'params.alhpa: unknown key "alhpa"; did you mean "alpha"?',
    ],
    [
      { target: 'price', family: 'linear', params: { alpha: -1 } },
      'params.alpha: expected at least 0, got -1',
    ],
    [
      { target: 'price', family: 'linear', features: ['sqtf'] },
      'features[0]: unknown column "sqtf"; did you mean "sqft"?',
    ],
    [{ target: 'price', family: 'linear', features: ['sqft', 'sqft'] }, 'features[1]: "sqft" is named twice'],
    [
      { target: 'price', family: 'linear', features: ['price'] },
      'features[0]: "price" is the target; it can\'t be a feature too',
    ],
    [
      { target: 'price', family: 'linear', exclude: ['nope'] },
      'exclude[0]: unknown column "nope"; did you mean "note"?',
    ],
    [
      { target: 'price', family: 'linear', exclude: ['city', 'beds', 'sqft', 'sold', 'built', 'broken'] },
      'features: no column is left to predict "price" from; name some in "features" or shorten "exclude" (column "id" is left out: it is a different text in every row, such as a name or an identifier; column "note" is left out: it has no value in any row; column "zero" is left out: it has one value only, 0)',
    ],
    [
      { target: 'price', family: 'linear', split: { train: 0.6, validation: 0.3, test: 0.2 } },
      'split: train, validation and test add up to 1.1; expected 1 (or 100 for percent)',
    ],
    [
      { target: 'price', family: 'linear', split: '80/20/0' },
      'split: 80/20/0 leaves no test rows; give them a share',
    ],
    [
      { target: 'price', family: 'linear', split: 'stratified' },
      'split.method: "stratified" needs classes, and the task is regression; use "random"',
    ],
    [
      { target: 'price', family: 'linear', steps: ['scal'] },
      'steps[0].step: unknown step "scal"; did you mean "scale"?',
    ],
    [
      { target: 'price', family: 'linear', steps: [{ step: 'impute', startegy: 'mean' }] },
      'steps[0].startegy: unknown key "startegy"; did you mean "strategy"?',
    ],
    [
      { target: 'price', family: 'linear', steps: ['drop'] },
      'steps[0].columns: is missing; say which columns to drop',
    ],
    [
      {
        target: 'price',
        family: 'linear',
        features: ['city', 'beds'],
        steps: [{ step: 'scale', columns: ['city'] }],
      },
      'steps[0]: step 1 (scale): column "city" is text; scale works on numbers. Encode it with one-hot instead, or leave it out of "columns"',
    ],
    [
      {
        target: 'price',
        family: 'linear',
        features: ['city', 'beds'],
        steps: ['scale', { step: 'impute', columns: ['city'], strategy: 'mean' }],
      },
      'steps[1]: step 2 (impute): column "city" is text; impute works on numbers when the strategy is mean. Use "strategy: most_frequent" for text',
    ],
    [
      { target: 'price', family: 'linear', features: ['beds'], steps: [{ scale: ['bed'] }] },
      'steps[0]: step 1 (scale): there is no column "bed" at this step; there are beds',
    ],
    [
      { target: 'price', family: 'linear', features: ['city', 'beds'], steps: ['scale'] },
      'steps: column "city" is still text after the last step, such as "ELK GROVE"; add a one-hot step for it, or exclude it',
    ],
    [
      { target: 'price', family: 'linear', features: ['sqft'], steps: ['scale'] },
      'steps: column "sqft" has no value at row 8 and no step fills it; add an impute step for it, or exclude it',
    ],
    [
      { target: 'price', family: 'linear', features: ['broken'] },
      'steps: column "broken" is infinite at row 12; values must be finite numbers',
    ],
    [
      {
        target: 'price',
        family: 'linear',
        features: ['beds'],
        steps: [{ step: 'impute', strategy: 'constant' }],
      },
      'steps[0]: step 1 (impute): fill: say the value to fill with, because the strategy is constant',
    ],
    [
      {
        target: 'price',
        family: 'linear',
        features: ['beds'],
        steps: [{ step: 'impute', strategy: 'constant', fill: 'x' }],
      },
      'steps[0]: step 1 (impute): fill: expected a number for column "beds", got "x"',
    ],
  ])('%j', (recipe, expected) => {
    expect(problemOf(recipe)).toEqual([expected]);
  });

  test('a single problem with a code of its own is thrown as that', () => {
    expect(codeOf({ target: 'prize', family: 'linear' })).toBe('target-missing');
    expect(codeOf({ target: 'note', family: 'linear' })).toBe('target-empty');
    expect(
      codeOf({
        target: 'price',
        family: 'linear',
        features: ['city'],
        steps: ['scale', { scale: ['city'] }],
      }),
    ).toBe('step-column-kind');
    expect(codeOf({ target: 'price', family: 'linear', colour: 1 })).toBe('recipe-invalid');
    expect(codeOf({ target: 'note', family: 'nothing' })).toBe('recipe-invalid');
  });

  test('a level never seen in training, where the recipe asks to refuse it', () => {
    const inputs = [{ name: 'city', type: 'text' as const }];
    const city = houses.slice(0, 1).map(({ column }) => column);
    const { pipeline } = fitPipeline(inputs, city, [{ step: 'one-hot', unknown: 'error' }], {
      rows: Int32Array.of(0, 1, 3),
    });
    expect(() => applyPipeline(pipeline, city, Int32Array.of(3, 4, 5))).toThrow(
      'step 1 (one-hot): column "city" has "GALT" at row 6, which training never saw; say "unknown: ignore" to let such rows pass',
    );
  });
});
