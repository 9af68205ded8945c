import { expect, test } from 'vitest';
import { problemsByKey, problemText } from './problems.ts';

const problems = [
  { path: 'target', message: 'no column "prise"; did you mean "price"?' },
  { path: 'params.epochs', message: 'at least 1' },
  { path: 'steps[1].columns', message: 'no column "sqt"' },
  { path: 'steps[10].method', message: 'one of standard, robust' },
  { path: 'taget', message: 'unknown key' },
];

test('each problem is shown at its place', () => {
  expect(problemText(problems, 'target')).toBe('no column "prise"; did you mean "price"?');
  expect(problemText(problems, 'targ')).toBeUndefined();
  expect(problemsByKey(problems, 'params')).toEqual({ epochs: 'at least 1' });
  expect(problemsByKey(problems, 'steps[1]')).toEqual({ columns: 'no column "sqt"' });
});
