import { expect, test } from 'vitest';
import { readRecipeText, setInRecipeText } from './recipe-text.ts';

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
  expect(readRecipeText(text).problem).toMatch(/line 3/);
  expect(readRecipeText('just words').problem).toMatch(/key: value/);
});

test('the last key taken out leaves nothing behind', () => {
  expect(setInRecipeText('target: price\n', ['target'], undefined)).toBe('');
});
