import {
  anything,
  assert,
  constantFrom,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
  type Arbitrary,
  array,
} from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { Failure } from '../../preload/contract/errors.ts';
import { tableFacts, type TypedColumn } from './column-facts.ts';
import { readPipeline } from './pipeline.ts';
import { ResolvedRecipe } from './recipe.ts';
import { resolveRecipe, type FamilyFacts } from './resolve-recipe.ts';
import { readSplit } from './split/split.ts';
import { recipeHash, recipeYaml } from './write-recipe.ts';

// Whatever comes in: a recipe, problems, or a failure of ours. Never another error, never a hang.

const families: FamilyFacts[] = [
  {
    id: 'linear',
    title: 'Linear',
    tasks: ['regression', 'classification'],
    takes: { numbers: 'scaled', categories: 'one-hot', missing: false, weights: false },
    params: z.object({ alpha: z.number().default(1) }),
  },
];

const table: TypedColumn[] = [
  {
    type: 'float64',
    column: { kind: 'number', name: 'x', values: Float64Array.from({ length: 30 }, (_, i) => i / 7) },
  },
  {
    type: 'float64',
    column: { kind: 'number', name: 'y', values: Float64Array.from({ length: 30 }, (_, i) => i * i + 0.5) },
  },
  {
    type: 'utf8',
    column: {
      kind: 'category',
      name: 'c',
      levels: ['a', 'b'],
      codes: Int32Array.from({ length: 30 }, (_, i) => i % 2),
    },
  },
];
const facts = tableFacts(table);

function outcome(input: unknown): 'recipe' | 'problems' | 'failure' {
  try {
    const { recipe, problems } = resolveRecipe(input, facts, families);
    if (!recipe) return problems.length > 0 ? 'problems' : 'failure';
    ResolvedRecipe.parse(recipe);
    const again = resolveRecipe(recipeYaml(recipe), facts, families).recipe;
    if (!again || recipeHash(again) !== recipeHash(recipe))
      throw new Error('the YAML of a recipe is another recipe');
    return 'recipe';
  } catch (error) {
    if (error instanceof Failure && error.code === 'recipe-unreadable') return 'failure';
    throw error;
  }
}

const columns = constantFrom('x', 'y', 'c', 'nope', 'numbers', 'categories', 'all', '');
const someValue = oneof(jsonValue(), columns, array(columns, { maxLength: 3 }));
const step = oneof(
  constantFrom('impute', 'scale', 'one-hot', 'drop', 'x'),
  record({
    step: constantFrom('impute', 'scale', 'one-hot', 'drop'),
    columns: oneof(columns, array(columns, { maxLength: 3 })),
  }),
  record({
    step: constantFrom('impute', 'one-hot'),
    strategy: constantFrom('mean', 'median', 'most_frequent', 'constant', 'x'),
    fill: someValue,
  }),
  dictionary(constantFrom('scale', 'impute', 'one-hot', 'drop', '__proto__'), someValue, { maxKeys: 2 }),
);
/** The second in one case of six. */
function rarely<A, B>(usual: Arbitrary<A>, odd: Arbitrary<B>): Arbitrary<A | B> {
  return oneof({ arbitrary: usual, weight: 5 }, { arbitrary: odd, weight: 1 });
}

const recipe = record(
  {
    target: constantFrom('x', 'y', 'c', 'nope'),
    family: constantFrom('linear', 'linear', 'other'),
    task: constantFrom('regression', 'classification', undefined),
    features: rarely(constantFrom(['x'], ['x', 'c'], ['y', 'c'], null), array(columns, { maxLength: 3 })),
    exclude: rarely(constantFrom(null, []), someValue),
    split: rarely(constantFrom('random', '60/20/20', '50/25/25'), someValue),
    steps: rarely(constantFrom(['impute', 'scale', 'one-hot'], null), array(step, { maxLength: 4 })),
    params: rarely(constantFrom({}, { alpha: 2 }, null), someValue),
    seed: rarely(constantFrom(1, 2), someValue),
  },
  { requiredKeys: ['target', 'family'] },
);

test('recipes of the right keys and any values', () => {
  const seen = new Set<string>();
  assert(
    property(recipe, (input) => {
      seen.add(outcome(input));
    }),
    { seed: 3, numRuns: 1500 },
  );
  expect([...seen].sort()).toEqual(['problems', 'recipe']);
});

test('any data and any text as a recipe', () => {
  const seen = new Set<string>();
  const bits = constantFrom(
    'target: y\n',
    'family: linear\n',
    'steps:\n',
    '  - ',
    'scale',
    ': ',
    '&a ',
    '*a',
    '!!map ',
    '{',
    '}',
    '[',
    ']',
    '"',
    '\t',
    '\n',
    '%',
    '---\n',
    '? ',
    '| ',
    '\u0000',
  );
  assert(
    property(
      oneof(
        anything(),
        string({ unit: 'binary' }),
        array(bits, { maxLength: 12 }).map((list) => list.join('')),
      ),
      (input) => {
        seen.add(outcome(input));
      },
    ),
    { seed: 4, numRuns: 1500 },
  );
  expect(seen.has('problems')).toBe(true);
  expect(seen.has('failure')).toBe(true);
});

test('any bytes as a pipeline or a split', () => {
  let refused = 0;
  assert(
    property(
      oneof(
        string(),
        jsonValue().map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const bytes = new TextEncoder().encode(text);
        for (const read of [readPipeline, readSplit]) {
          expect(() => read(bytes)).toThrow(Failure);
          refused++;
        }
      },
    ),
    { seed: 5, numRuns: 300 },
  );
  expect(refused).toBe(600);
});
