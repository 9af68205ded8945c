import { expect, test } from 'vitest';
import { createCrashCounter } from './crashes.ts';

test('a page that ends is loaded again, but not for ever', () => {
  let now = 0;
  const remedyFor = createCrashCounter(() => now);
  expect(remedyFor('clean-exit')).toBe('none');
  expect(['crashed', 'oom'].map(remedyFor)).toEqual(['reload', 'reload']);
  now = 30_000;
  expect(remedyFor('killed')).toBe('ask');
  now = 89_999;
  expect(remedyFor('crashed')).toBe('reload');
  now = 200_000;
  expect(remedyFor('crashed')).toBe('reload');
});
