import { expect, test } from 'vitest';
import {
  addStepToText,
  moveStepInText,
  rangeOf,
  readRecipeText,
  removeStepFromText,
  setInRecipeText,
} from './recipe-text.ts';

test('the smallest recipe is written key by key, in the usual order', () => {
  let text = setInRecipeText('', ['family'], 'linear');
  text = setInRecipeText(text, ['target'], 'price');
  expect(text).toBe('target: price\nfamily: linear\n');
  expect(readRecipeText(text)).toEqual({ recipe: { target: 'price', family: 'linear' }, problem: null });
});

test('comments and what else was written stay', () => {
  const text = '# for the spring sale\ntarget: price # in dollars\nfamily: network\nparams:\n  epochs: 5\n';
  expect(setInRecipeText(text, ['params', 'layers'], [64, 32])).toBe(
    '# for the spring sale\ntarget: price # in dollars\nfamily: network\nparams:\n  epochs: 5\n  layers:\n    - 64\n    - 32\n',
  );
  expect(setInRecipeText(text, ['params', 'epochs'], undefined)).toBe(
    '# for the spring sale\ntarget: price # in dollars\nfamily: network\n',
  );
});

test('steps are reached by their place', () => {
  const text = 'target: price\nsteps:\n  - step: impute\n  - step: scale\nfamily: linear\n';
  const changed = setInRecipeText(text, ['steps', 1, 'method'], 'robust');
  expect(readRecipeText(changed).recipe).toEqual({
    target: 'price',
    steps: [{ step: 'impute' }, { step: 'scale', method: 'robust' }],
    family: 'linear',
  });
});

test('text that cannot be read is left alone and named with its line', () => {
  const text = 'target: price\nfamily: [linear\n';
  expect(readRecipeText(text).recipe).toBeNull();
  expect(readRecipeText(text).problem).toMatchObject({ kind: 'syntax', line: 3 });
  expect(readRecipeText('just words').problem).toEqual({ kind: 'not-keys' });
});

test('the last key taken out leaves nothing behind', () => {
  expect(setInRecipeText('target: price\n', ['target'], undefined)).toBe('');
});

const commented = `target: price
steps:
  # gaps first
  - impute # as usual
  # then one size
  - scale: [sqft]
  - step: one-hot
    unknown: ignore # for now
family: linear
`;

test('steps come in full, however they are written', () => {
  expect(readRecipeText(commented).recipe?.['steps']).toEqual([
    { step: 'impute' },
    { step: 'scale', columns: ['sqft'] },
    { step: 'one-hot', unknown: 'ignore' },
  ]);
  expect(readRecipeText('split: 70/15/15\nfeatures: sqft\n').recipe).toEqual({
    split: { train: 0.7, validation: 0.15, test: 0.15 },
    features: ['sqft'],
  });
});

test('a moved step takes its comments along, and moving it back gives the text as it was', () => {
  const moved = moveStepInText(commented, 1, 2);
  expect(moved).toContain('    unknown: ignore # for now\n  # then one size\n  - scale:');
  expect(moved).toContain('- impute # as usual');
  expect(moveStepInText(moved, 2, 1)).toBe(moveStepInText(commented, 0, 0));
  expect(moveStepInText(commented, 0, 2)).toContain('# gaps first');
});

test('steps are added and removed, and nothing else is touched', () => {
  expect(addStepToText(commented, { step: 'drop' })).toContain('# for now\n  - step: drop\nfamily: linear\n');
  const without = removeStepFromText(commented, 2);
  expect(without).not.toContain('one-hot');
  expect(without).toContain('# then one size');
});

test('a key set in a step of a short form writes the step in full and keeps its comment', () => {
  const text = setInRecipeText(commented, ['steps', 1, 'method'], 'robust');
  expect(readRecipeText(text).recipe?.['steps']).toMatchObject([
    { step: 'impute' },
    { step: 'scale', columns: ['sqft'], method: 'robust' },
    { step: 'one-hot' },
  ]);
  expect(text).toContain('# then one size');
  const split = setInRecipeText('target: y\nsplit: 70/15/15\n', ['split', 'method'], 'random');
  expect(readRecipeText(split).recipe?.['split']).toEqual({
    train: 0.7,
    validation: 0.15,
    test: 0.15,
    method: 'random',
  });
});

test('a changed value keeps the comment behind it', () => {
  expect(setInRecipeText('target: price # dollars\n', ['target'], 'rent')).toBe('target: rent # dollars\n');
});

function at(path: string): string | null {
  const range = rangeOf(commented, path);
  return range && commented.slice(range.from, range.to);
}

test('a problem is found in the text: its place, or as much of the way as is written', () => {
  expect(at('steps[2].unknown')).toBe('ignore');
  expect(at('steps[1].columns')).toBe('scale: [sqft]');
  expect(at('family')).toBe('linear');
  expect(at('params.alpha')).toBeNull();
  expect(at('')).toBeNull();
});

test('a filter in its short form is written in full when its rows are chosen, and back', () => {
  const text = 'target: a # why\nfilter: b > 0\nfamily: linear\n';
  expect(readRecipeText(text).recipe).toMatchObject({ filter: { where: 'b > 0' } });
  expect(setInRecipeText(text, ['filter', 'rows'], 'training')).toBe(
    'target: a # why\nfilter:\n  where: b > 0\n  rows: training\nfamily: linear\n',
  );
  expect(setInRecipeText(text, ['filter'], undefined)).toBe('target: a # why\nfamily: linear\n');
});

test('a join in a short form is one of a list, with its key in full', () => {
  const text = 'target: cost\njoin: {dataset: stations, on: station} # where it began\nfamily: linear\n';
  const recipe = readRecipeText(text).recipe;
  expect(recipe?.['join']).toEqual([{ dataset: 'stations', on: { station: 'station' } }]);
  const changed = setInRecipeText(text, ['join', 0, 'prefix'], 'from_');
  expect(readRecipeText(changed).recipe?.['join']).toEqual([
    { dataset: 'stations', on: { station: 'station' }, prefix: 'from_' },
  ]);
  const more = setInRecipeText(changed, ['join', 1], { dataset: 'weather', on: { day: 'date' } });
  expect(readRecipeText(more).recipe?.['join']).toHaveLength(2);
  const none = setInRecipeText(setInRecipeText(more, ['join', 1], undefined), ['join', 0], undefined);
  expect(none).toBe('target: cost\nfamily: linear\n');
  expect(
    readRecipeText(setInRecipeText(none, ['join', 0], { dataset: 'a', on: {} })).recipe?.['join'],
  ).toEqual([{ dataset: 'a', on: {} }]);
});
