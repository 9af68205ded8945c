import { expect, test } from 'vitest';
import { createBackoff, defaultRetry, retryAfterMs } from './backoff.ts';

const clock = { now: () => '2026-11-23T20:00:00.000Z', ticks: () => 0 };

test.each([
  [undefined, undefined],
  ['0', 0],
  ['7', 7000],
  [' 7 ', 7000],
  ['Mon, 23 Nov 2026 20:00:09 GMT', 9000],
  ['Mon, 23 Nov 2026 19:00:00 GMT', 0],
  ['-5', 0],
  ['soon', undefined],
  ['', undefined],
])('Retry-After %j is %j ms', (text, expected) => {
  // "-5" reads as a date long ago (May 2001), which is no wait either.
  expect(retryAfterMs(text, clock)).toBe(expected);
});

test('waits double, less a random half, and there are five tries', async () => {
  const backoff = createBackoff({ ...defaultRetry, firstWait: 40, clock });
  const waits: number[] = [];
  for (;;) {
    const before = performance.now();
    if (!(await backoff.again('host'))) break;
    waits.push(performance.now() - before);
  }
  expect(backoff.tries).toBe(5);
  expect(waits.length).toBe(4);
  for (const [index, wait] of waits.entries()) {
    const full = 40 * 2 ** index;
    expect(wait, `wait ${index + 1}`).toBeGreaterThanOrEqual(full / 2 - 2);
    expect(wait, `wait ${index + 1}`).toBeLessThanOrEqual(full + 500);
  }
});

test('a wait ends when the work is cancelled', async () => {
  const controller = new AbortController();
  const backoff = createBackoff({ ...defaultRetry, firstWait: 60_000, clock }, controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 10);
  await expect(backoff.again('host')).rejects.toThrow('enough');
});
