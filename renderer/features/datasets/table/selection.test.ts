import { expect, test } from 'vitest';
import { everything, moved, rangeOf, type Selection } from './selection.ts';

const extent = { rows: 100, columns: 8, page: 20 };
const at = (row: number, column: number): Selection => ({ anchor: { row, column }, active: { row, column } });
const press = (key: string, { mod = false, shift = false } = {}) => ({ key, mod, shift });

test.each([
  ['ArrowDown', {}, [4, 2], [5, 2]],
  ['ArrowUp', {}, [0, 2], [-1, 2]],
  ['ArrowUp', {}, [-1, 2], [-1, 2]],
  ['ArrowLeft', {}, [4, 0], [4, 0]],
  ['ArrowDown', { mod: true }, [4, 2], [99, 2]],
  ['ArrowRight', { mod: true }, [4, 2], [4, 7]],
  ['Home', {}, [4, 2], [4, 0]],
  ['End', {}, [4, 2], [4, 7]],
  ['Home', { mod: true }, [4, 2], [0, 0]],
  ['End', { mod: true }, [4, 2], [99, 7]],
  ['PageDown', {}, [4, 2], [24, 2]],
  ['PageDown', {}, [95, 2], [99, 2]],
  ['PageUp', {}, [4, 2], [0, 2]],
] as const)('%s %j leads from %j to %j', (key, held, [row, column], [toRow, toColumn]) => {
  expect(moved(at(row, column), press(key, held), extent)).toEqual(at(toRow, toColumn));
});

test('shift extends from where it began, not into the head', () => {
  const one = moved(at(1, 3), press('ArrowUp', { shift: true }), extent) ?? at(0, 0);
  const two = moved(one, press('ArrowUp', { shift: true }), extent) ?? at(0, 0);
  expect(rangeOf(two)).toEqual({ top: 0, bottom: 1, left: 3, right: 3 });
  const all = moved(at(4, 4), press('End', { mod: true, shift: true }), extent) ?? at(0, 0);
  expect(rangeOf(all)).toEqual({ top: 4, bottom: 99, left: 4, right: 7 });
});

test('everything, and what is no key of ours', () => {
  expect(moved(at(4, 4), press('a', { mod: true }), extent)).toEqual(everything(extent));
  expect(rangeOf(everything(extent))).toEqual({ top: 0, bottom: 99, left: 0, right: 7 });
  expect(moved(at(4, 4), press('a'), extent)).toBeNull();
  expect(rangeOf(at(-1, 2))).toBeNull();
});
