import { describe, expect, test } from 'vitest';
import { readRecipe } from './read-recipe.ts';

const problems = (input: unknown) =>
  readRecipe(input).problems.map(({ path, message }) => `${path}: ${message}`);

describe('YAML', () => {
  test('the smallest recipe', () => {
    expect(readRecipe('target: price\nfamily: linear\n').recipe).toEqual({
      target: 'price',
      family: 'linear',
    });
  });

  test.each([
    ['target: [a\nfamily: linear', /at line 2, column 1$/],
    [
      'target: price\ntarget: beds\n',
      "the recipe can't be read as YAML: map keys must be unique at line 2, column 1",
    ],
    ['target: price\n? [1, 2]\n: x\n', /with stringKeys, all keys must be strings at line 2, column 3$/],
    [
      'a: &a [x, x]\nb: *a\n',
      'the recipe can\'t be read as YAML: anchor "&a" is not allowed at line 1, column 7',
    ],
    ['target: !!js/function x\n', /at line 1, column 9$/],
    [
      'target: a\n---\ntarget: b\n',
      "the recipe can't be read as YAML: a second document begins at line 2, column 1",
    ],
    ['target: "a\n', /at line \d+, column \d+$/],
    [
      `a: ${'x'.repeat(1024 * 1024)}`,
      "the recipe can't be read as YAML: it is larger than a megabyte at line 1, column 1",
    ],
  ])('refuses %j', (text, message) => {
    expect(() => readRecipe(text)).toThrow(message);
  });

  test('a pile of aliases is refused before it is unfolded', () => {
    const lines = ['a0: &a0 [x]'];
    for (let i = 1; i < 40; i++) lines.push(`a${i}: &a${i} [*a${i - 1}, *a${i - 1}]`);
    expect(() => readRecipe(lines.join('\n'))).toThrow(/anchor "&a0" is not allowed at line 1/);
  });

  test('words that other YAML versions take for something else stay words', () => {
    expect(readRecipe('target: no\nfamily: linear\n').recipe?.target).toBe('no');
  });
});

describe('short forms', () => {
  test.each([
    ['split: stratified', { method: 'stratified' }],
    ['split: 70/15/15', { train: 0.7, validation: 0.15, test: 0.15 }],
    ['split: [0.5, 0.25, 0.25]', { train: 0.5, validation: 0.25, test: 0.25 }],
    [
      'split: {train: 80, validation: 0, test: 20, seed: 7}',
      { train: 0.8, validation: 0, test: 0.2, seed: 7 },
    ],
  ])('%s', (line, split) => {
    expect(readRecipe(`target: a\nfamily: b\n${line}`).recipe?.split).toEqual(split);
  });

  test('steps by name, by key, or in full', () => {
    const text =
      'target: a\nfamily: b\nsteps:\n  - impute\n  - scale: [x, y]\n  - drop: z\n  - one-hot: {unknown: error}\n  - {step: scale, columns: numbers}\n';
    expect(readRecipe(text).recipe?.steps).toEqual([
      { step: 'impute' },
      { step: 'scale', columns: ['x', 'y'] },
      { step: 'drop', columns: ['z'] },
      { step: 'one-hot', unknown: 'error' },
      { step: 'scale', columns: 'numbers' },
    ]);
  });
});

describe('problems', () => {
  test.each([
    ['', ': it is empty; the smallest recipe has two lines, "target: COLUMN" and "family: linear"'],
    ['just words', ': expected keys such as "target: COLUMN" and "family: linear", got "just words"'],
    ['family: linear', 'target: is missing; expected text'],
    ['target: a\nfamily: b\nfeature: [x]', 'feature: unknown key "feature"; did you mean "features"?'],
    [
      'target: a\nfamily: b\ncolour: red',
      'colour: unknown key "colour"; there is target, task, weight, features, exclude, not_known, join, filter, lags, split, balance, steps, family, params, calibrate, conformal, seed',
    ],
    ['target: a\nfamily: b\nsplit: {trian: 0.6}', 'split.trian: unknown key "trian"; did you mean "train"?'],
    ['target: a\nfamily: b\ntask: guess', 'task: expected one of regression, classification, got "guess"'],
    ['target: a\nfamily: b\nseed: 1.5', 'seed: expected a whole number, got 1.5'],
    ['target: a\nfamily: b\nseed: -1', 'seed: expected at least 0, got -1'],
    ['target: a\nfamily: b\nseed: .inf', 'seed: expected a number, got Infinity'],
    [
      'target: a\nfamily: b\nsplit: 70/30',
      'split: expected "random", "stratified", shares of train, validation and test such as 60/20/20, folds such as 5-fold, or keys and values, got "70/30"',
    ],
    ['target: 5\nfamily: b', 'target: expected text, got 5; if it is a name, write it in quotes: "5"'],
    ['target: a\nfamily: b\nfeatures: [x]\nexclude: [y]', 'exclude: say "features" or "exclude", not both'],
    [
      'target: a\nfamily: b\nsteps: [{columns: [x], strategy: mean}]',
      'steps[0].step: is missing; expected text',
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
  });
});
