import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { scrollTopOf, scrollTopToShow, scrollWindow, tallest } from './scroll-window.ts';

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

test('a row is brought into sight by as little as it takes, and left where it is when it is seen', () => {
  const at = { rows: 1000, rowHeight: 28, viewport: 600 };
  expect(scrollTopToShow(5, { ...at, scrollTop: 0 })).toBe(0);
  expect(scrollTopToShow(21, { ...at, scrollTop: 0 })).toBeCloseTo(22 * 28 - 600, 6);
  expect(scrollTopToShow(10, { ...at, scrollTop: 500 })).toBeCloseTo(280, 6);
  const many = { ...at, rows: 100_000_000 };
  const down = scrollTopToShow(50_000_000, { ...many, scrollTop: 0 });
  const drawn = scrollWindow({ ...many, scrollTop: down, overscan: 8 });
  expect(drawn.first).toBeLessThanOrEqual(50_000_000);
  expect(drawn.end).toBeGreaterThan(50_000_000);
});
