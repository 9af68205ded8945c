import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrollTopOf, scrollWindow, tallest } from './scroll-window.ts';

const view = { rowHeight: 28, viewport: 600, overscan: 8 };

test('below the limit rows stand where they are', () => {
  const at = scrollWindow({ ...view, rows: 1000, scrollTop: 2810 });
  expect(at).toEqual({ first: 92, end: 132, top: 92 * 28, height: 28_000 });
  expect(scrollWindow({ ...view, rows: 3, scrollTop: 0 })).toEqual({ first: 0, end: 3, top: 0, height: 84 });
});

test('a hundred million rows: both ends are reached and the element stays drawable', () => {
  const rows = 100_000_000;
  expect(scrollWindow({ ...view, rows, scrollTop: 0 }).first).toBe(0);
  const last = scrollWindow({ ...view, rows, scrollTop: tallest - view.viewport });
  expect(last.end).toBe(rows);
  expect(last.height).toBe(tallest);
  const bottomOfLastRow = last.top + (last.end - last.first) * view.rowHeight;
  expect(bottomOfLastRow).toBeCloseTo(tallest, 3);
});

test('the row asked for is drawn at the top of the view, for any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (rows, share) => {
        const row = Math.floor(share * (rows - 1));
        const scrollTop = scrollTopOf(row, { ...view, rows });
        const drawn = scrollWindow({ ...view, rows, scrollTop });
        expect(row).toBeGreaterThanOrEqual(drawn.first);
        expect(row).toBeLessThan(drawn.end);
        const y = drawn.top + (row - drawn.first) * view.rowHeight - scrollTop;
        const isNearEnd = (rows - row) * view.rowHeight < view.viewport;
        expect(Math.abs(y)).toBeLessThan(isNearEnd ? view.viewport : 1.1);
      },
    ),
  );
});
