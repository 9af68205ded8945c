import { expect, test } from 'vitest';
import { encodeArtifact, families } from '../models/index.ts';
import {
  divideRows,
  requireResolved,
  resolveRecipe,
  splitRows,
  tableFacts,
  writePipeline,
  type TypedColumn,
} from '../recipes/index.ts';
import { keepPrepared, prepareRows } from './prepare-rows.ts';
import { trainModel } from './train-model.ts';

function numbers(name: string, of: (row: number) => number): TypedColumn {
  const values = Float64Array.from({ length: 300 }, (_, row) => of(row));
  return { type: 'float64', column: { kind: 'number', name, values } };
}

function makeTable(): TypedColumn[] {
  const codes = Int32Array.from({ length: 300 }, (_, row) => (row * 5) % 7);
  const levels = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  return [
    numbers('x', (row) => (row % 11 === 0 ? Number.NaN : (row * 37) % 101)),
    numbers('z', (row) => (row * 13) % 17),
    { type: 'utf8', column: { kind: 'category', name: 'kind', levels, codes } },
    numbers('y', (row) => ((row * 37) % 101) * 2 + codes[row]! + (row % 3)),
  ];
}

function resolved(table: readonly TypedColumn[], more = '', family = 'linear') {
  return requireResolved(resolveRecipe(`target: y\nfamily: ${family}\n${more}`, tableFacts(table), families));
}

const steps = 'steps: [{impute: numbers}, {target-encode: [kind]}, {scale: numbers}]\n';
const context = { signal: new AbortController().signal, progress: () => undefined };

test('with steps kept and without, models and steps are the same bytes, whatever came before', async () => {
  const kept = makeTable();
  keepPrepared(kept, 1e8);
  const recipes = [
    resolved(kept, steps),
    resolved(kept, `${steps}params: {alpha: 3}\n`),
    resolved(kept, '', 'tree'),
    resolved(kept, `${steps}seed: 7\nsplit: {method: random, seed: 42}\n`),
    resolved(kept, `${steps}split: 3-fold\n`),
    resolved(kept, `${steps}split: 70/15/15\n`),
    resolved(kept, 'exclude: [z]\nsteps: [{impute: numbers}, {one-hot: [kind]}]\n'),
  ];
  for (const recipe of [...recipes, ...recipes.toReversed()]) {
    const [one, other] = [
      await trainModel(recipe, kept, context),
      await trainModel(recipe, makeTable(), context),
    ];
    expect(writePipeline(one.pipeline)).toEqual(writePipeline(other.pipeline));
    expect(encodeArtifact(one.artifact)).toEqual(encodeArtifact(other.artifact));
    expect(one.outcomes.test.predictions).toEqual(other.outcomes.test.predictions);
  }
});

test('only what decides the steps makes them be learned anew, and no more is kept than may be', () => {
  const prepared = (table: TypedColumn[], recipe = resolved(table, steps)) => {
    const { target, split } = divideRows(recipe, table);
    const rows = {
      train: splitRows(split, 'train'),
      validation: splitRows(split, 'validation'),
      test: splitRows(split, 'test'),
    };
    return prepareRows(recipe, table, target.target, rows, { missing: false });
  };
  const table = makeTable();
  expect(prepared(table)).not.toBe(prepared(table));
  keepPrepared(table, 1e8);
  const first = prepared(table);
  expect(prepared(table)).toBe(first);
  expect(prepared(table, resolved(table, `${steps}params: {alpha: 3}\n`))).toBe(first);
  expect(prepared(table, resolved(table, `${steps}seed: 7\n`))).not.toBe(first);
  expect(prepared(table, resolved(table, steps.replace('scale', 'power')))).not.toBe(first);
  expect(prepared(table)).toBe(first);
  keepPrepared(table, 10);
  expect(prepared(table)).not.toBe(prepared(table));
});
