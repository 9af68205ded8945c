import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TypedColumn } from '../column-facts.ts';
import { makeTarget } from '../make-target.ts';
import type { SplitPlan } from '../recipe.ts';
import { apportion, apportionClasses } from './apportion.ts';
import { makeSplit } from './make-split.ts';
import { foldRows, readSplit, splitCounts, splitRows, writeSplit, type Split } from './split.ts';

const plan: SplitPlan = { method: 'random', train: 0.6, validation: 0.2, test: 0.2, seed: 42 };

const numbers = (values: number[]): TypedColumn => ({
  type: 'float64',
  column: { kind: 'number', name: 'y', values: Float64Array.from(values) },
});

const words = (texts: (string | null)[]): TypedColumn => {
  const levels = [...new Set(texts.filter((text) => text !== null))];
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : levels.indexOf(text)));
  return { type: 'utf8', column: { kind: 'category', name: 'y', levels, codes } };
};

describe('counts', () => {
  test.each([
    // 559.2, 186.4 and 186.4: the row left over goes to the larger remainder, of two equal ones to the first.
    [932, [559, 187, 186]],
    [10, [6, 2, 2]],
    [5, [3, 1, 1]],
    [4, [2, 1, 1]],
    [1_000_000, [600_000, 200_000, 200_000]],
  ])('%i rows', (total, expected) => {
    expect(apportion(total, [0.6, 0.2, 0.2])).toEqual(expected);
  });

  test('per class they add up to each class and to each part', () => {
    assert(
      property(
        array(integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 12 }),
        constantFrom([0.6, 0.2, 0.2], [0.7, 0.15, 0.15], [0.8, 0, 0.2], [1 / 3, 1 / 3, 1 / 3]),
        (sizes, shares) => {
          const table = apportionClasses(sizes, shares);
          const total = sizes.reduce((a, b) => a + b, 0);
          table.forEach((row, i) => {
            expect(row.reduce((a, b) => a + b, 0)).toBe(sizes[i]);
            if (Math.min(...sizes) < 10) return;
            row.forEach((count, part) => {
              expect(Math.abs(count - (sizes[i] ?? 0) * (shares[part] ?? 0))).toBeLessThan(2);
            });
          });
          const parts = shares.map((_, part) => table.reduce((sum, row) => sum + (row[part] ?? 0), 0));
          expect(parts).toEqual(apportion(total, shares));
        },
      ),
      { seed: 1, numRuns: 300 },
    );
  });

  test('a small class still gets into every part', () => {
    expect(apportionClasses([90, 7, 3], [0.6, 0.2, 0.2])[2]).toEqual([1, 1, 1]);
  });
});

test('a class of one row trains', () => {
  expect(
    apportionClasses([40, 1, 60, 1, 1], [0.6, 0.2, 0.2]).filter((_, i) => [1, 3, 4].includes(i)),
  ).toEqual([
    [1, 0, 0],
    [1, 0, 0],
    [1, 0, 0],
  ]);
});

describe('a split', () => {
  test('is the same for the same seed, another for another', () => {
    const target = makeTarget(numbers(Array.from({ length: 200 }, (_, i) => i)), 'regression');
    const a = writeSplit(makeSplit(plan, 'y', target));
    expect(writeSplit(makeSplit(plan, 'y', target))).toEqual(a);
    expect(writeSplit(makeSplit({ ...plan, seed: 43 }, 'y', target))).not.toEqual(a);
  });

  test('leaves out rows without a target', () => {
    const target = makeTarget(numbers([1, NaN, 3, 4, NaN, 6, 7]), 'regression');
    const split = makeSplit(plan, 'y', target);
    expect(splitCounts(split)).toEqual({ train: 3, validation: 1, test: 1, leftOut: 2 });
    expect([split.parts[1], split.parts[4]]).toEqual([3, 3]);
  });

  test('every row is in exactly one part', () => {
    const target = makeTarget(
      words(Array.from({ length: 101 }, (_, i) => (i % 7 ? 'a' : 'b'))),
      'classification',
    );
    const split = makeSplit({ ...plan, method: 'stratified' }, 'y', target);
    const all = (['train', 'validation', 'test'] as const).flatMap((name) => [...splitRows(split, name)]);
    expect(all.sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  });

  test('stratified keeps the shares of the classes', () => {
    const target = makeTarget(
      words(Array.from({ length: 1000 }, (_, i) => (i < 900 ? 'no' : 'yes'))),
      'classification',
    );
    const split = makeSplit({ ...plan, method: 'stratified' }, 'y', target);
    const yes = (name: 'train' | 'validation' | 'test') =>
      [...splitRows(split, name)].filter((row) => row >= 900).length;
    expect([yes('train'), yes('validation'), yes('test')]).toEqual([60, 20, 20]);
  });

  test('is not in the order of the rows', () => {
    const target = makeTarget(numbers(Array.from({ length: 1000 }, (_, i) => i)), 'regression');
    const train = splitRows(makeSplit(plan, 'y', target), 'train');
    const mean = train.reduce((a, b) => a + b, 0) / train.length;
    // The mean of 600 of 0..999 drawn without return has standard deviation 288.7 * sqrt(0.4 / 600) = 7.5.
    expect(Math.abs(mean - 499.5)).toBeLessThan(30);
  });

  test.each([
    [[1, 2, 3], '3 rows with a value of "y" can\'t be split 60/20/20; at least 4 are needed'],
    [[NaN, 2], '1 row with a value of "y" can\'t be split 60/20/20; at least 4 are needed'],
  ])('of too few rows is refused: %j', (values, message) => {
    expect(() => makeSplit(plan, 'y', makeTarget(numbers(values), 'regression'))).toThrow(message);
  });

  test('is stored in one byte per row and read back', () => {
    const split = makeSplit(plan, 'y', makeTarget(numbers([5, 4, 3, 2, 1, NaN]), 'regression'));
    const bytes = writeSplit(split);
    expect(bytes.length).toBe(16 + 6);
    expect(readSplit(bytes)).toEqual(split);
    expect(() => readSplit(bytes.subarray(0, 20))).toThrow(
      "the split can't be read: it says 6 rows and holds 4",
    );
    expect(() => readSplit(new Uint8Array(3))).toThrow(
      "the split can't be read: it does not begin with hfsplit1",
    );
    const wrong = bytes.slice();
    wrong[18] = 9;
    expect(() => readSplit(wrong)).toThrow("the split can't be read: it holds a code that is no part");
  });
});

function sidesOf(split: Split, values: ArrayLike<number | string>): Map<number | string, Set<number>> {
  const sides = new Map<number | string, Set<number>>();
  split.parts.forEach((code, row) => {
    const value = values[row]!;
    sides.set(value, (sides.get(value) ?? new Set()).add(code));
  });
  return sides;
}

describe('by a column', () => {
  const rows = 400;
  const target = makeTarget(numbers(Array.from({ length: rows }, (_, i) => i)), 'regression');
  test('group: no group is on two sides, every part near its share, the same for the same seed', () => {
    const groups = Array.from({ length: rows }, (_, i) => `g${(i * 7) % 53}`);
    const by = words(groups).column;
    const of = (seed: number) => makeSplit({ ...plan, method: 'group', by: 'y', seed }, 'y', target, by);
    for (const seed of [1, 2, 3]) {
      expect([...sidesOf(of(seed), groups).values()].every((sides) => sides.size === 1)).toBe(true);
      const { train, validation, test: tested, leftOut } = splitCounts(of(seed));
      expect([train / rows, validation / rows, tested / rows].map((share) => Math.round(share * 10))).toEqual(
        [6, 2, 2],
      );
      expect(leftOut).toBe(0);
    }
    expect(writeSplit(of(1))).toEqual(writeSplit(of(1)));
    expect(writeSplit(of(1))).not.toEqual(writeSplit(of(2)));
  });

  test('group: three groups fill three parts, two do not', () => {
    const three = words(Array.from({ length: rows }, (_, i) => 'abc'[i % 3]!)).column;
    const counts = splitCounts(makeSplit({ ...plan, method: 'group', by: 'y' }, 'y', target, three));
    expect(Math.min(counts.train, counts.validation, counts.test)).toBeGreaterThan(100);
    const two = words(Array.from({ length: rows }, (_, i) => 'ab'[i % 2]!)).column;
    expect(() => makeSplit({ ...plan, method: 'group', by: 'y' }, 'y', target, two)).toThrow(
      'split: "group" by "y" leaves too few test rows: 0 of 400 rows of 0.6/0.2/0.2, and at least 1 is needed; there must be at least as many groups as parts',
    );
  });

  test('time: what tests is later than what validates, that later than what trains, ties stay together, the gap is kept', () => {
    const days = Float64Array.from({ length: rows }, (_, i) => Math.floor(((i * 37) % rows) / 4));
    const by = { kind: 'number', name: 'y', values: days } as const;
    const time = { ...plan, method: 'time', by: 'y' } as const;
    const range = (split: Split, wanted: 'train' | 'validation' | 'test') => {
      const values = [...splitRows(split, wanted)].map((row) => days[row]!);
      return [Math.min(...values), Math.max(...values)] as const;
    };
    const split = makeSplit(time, 'y', target, by);
    expect(['train', 'validation', 'test'].map((one) => range(split, one as 'train'))).toEqual([
      [0, 59],
      [60, 79],
      [80, 99],
    ]);
    const apart = makeSplit({ ...time, gap: 5 }, 'y', target, by);
    expect(['train', 'validation', 'test'].map((one) => range(apart, one as 'train'))).toEqual([
      [0, 59],
      [64, 79],
      [84, 99],
    ]);
    expect(splitCounts(apart).leftOut).toBe(32);
  });

  test('key: a row keeps its side when rows are added around it', () => {
    const keys = Array.from({ length: rows }, (_, i) => `id-${i}`);
    const key = { ...plan, method: 'key', by: 'y' } as const;
    const before = makeSplit(key, 'y', target, words(keys).column);
    const longer = ['new-1', ...keys.toReversed(), 'new-2'];
    const grown = makeTarget(numbers(longer.map((_, i) => i)), 'regression');
    const after = makeSplit(key, 'y', grown, words(longer).column);
    keys.forEach((id, row) => expect(after.parts[longer.indexOf(id)]).toBe(before.parts[row]));
    const { train, validation } = splitCounts(before);
    expect([Math.round((10 * train) / rows), Math.round((10 * validation) / rows)]).toEqual([6, 2]);
  });

  test('column: as it says, and other words are left out', () => {
    const said = words(['Train', 'train', 'val', 'TEST', 'later', null]).column;
    const six = makeTarget(numbers([1, 2, 3, 4, 5, 6]), 'regression');
    const zero = { train: 0, validation: 0, test: 0, seed: 1 };
    expect([...makeSplit({ ...zero, method: 'column', by: 'y' }, 'y', six, said).parts]).toEqual([
      0, 0, 1, 2, 3, 3,
    ]);
  });

  test('text has no order in time, and numbers say no part', () => {
    const text = words(Array.from({ length: rows }, () => 'x')).column;
    expect(() => makeSplit({ ...plan, method: 'time', by: 'y' }, 'y', target, text)).toThrow(
      'split: "time" can\'t go by column "y", which is text; it takes dates, moments or numbers; import it with a date format, or choose another column',
    );
    const number = numbers(Array.from({ length: rows }, () => 1)).column;
    expect(() => makeSplit({ ...plan, method: 'column', by: 'y' }, 'y', target, number)).toThrow(
      'split: "column" can\'t go by column "y", which is numbers; it takes a text column with "train", "validation" and "test"',
    );
  });
});

const foldsOf = (split: Split) => split.folds!;

describe('folds', () => {
  const rows = 103;
  const target = makeTarget(numbers(Array.from({ length: rows }, (_, i) => i)), 'regression');
  const whole = { ...plan, train: 0.8, validation: 0, test: 0.2, folds: 5 } as const;

  test('each training row judges once, is trained by in all other folds, and test rows are in none', () => {
    const split = makeSplit(whole, 'y', target);
    const train = [...splitRows(split, 'train')];
    const judged = [1, 2, 3, 4, 5].flatMap((fold) => {
      const { train: learned, validation } = foldRows(foldsOf(split), fold);
      expect([...learned, ...validation].sort((a, b) => a - b)).toEqual(train);
      expect(Math.abs(validation.length - train.length / 5)).toBeLessThan(1);
      return [...validation];
    });
    expect(judged.sort((a, b) => a - b)).toEqual(train);
    expect(writeSplit(makeSplit(whole, 'y', target))).toEqual(writeSplit(split));
    const { folds: _, ...plain } = whole;
    expect(makeSplit(plain, 'y', target).parts).toEqual(split.parts);
  });

  test('are stored and read back; damage is named', () => {
    const split = makeSplit(whole, 'y', target);
    const bytes = writeSplit(split);
    expect(bytes.length).toBe(16 + 2 + 2 * rows);
    expect(readSplit(bytes)).toEqual(split);
    expect(() => readSplit(bytes.subarray(0, -4))).toThrow(
      "the split can't be read: it says 103 rows and holds 101",
    );
    bytes[bytes.length - 1] = 77;
    expect(() => readSplit(bytes)).toThrow("the split can't be read: it holds a code that is no fold");
  });

  test('stratified: a class is spread evenly over the folds', () => {
    const classes = makeTarget(
      words(Array.from({ length: 300 }, (_, i) => (i % 10 ? 'no' : 'yes'))),
      'classification',
    );
    const split = makeSplit({ ...whole, method: 'stratified' }, 'y', classes);
    for (const fold of [1, 2, 3, 4, 5]) {
      const { validation } = foldRows(foldsOf(split), fold);
      expect(validation.length).toBe(48);
      const yes = validation.filter((row) => row % 10 === 0).length;
      expect([4, 5]).toContain(yes);
    }
  });

  test('group: a group is in one fold', () => {
    const groups = Array.from({ length: rows }, (_, i) => `g${(i * 7) % 31}`);
    const split = makeSplit({ ...whole, method: 'group', by: 'y' }, 'y', target, words(groups).column);
    const { of } = foldsOf(split);
    const foldsIn = new Map<string, Set<number>>();
    groups.forEach((group, row) => foldsIn.set(group, (foldsIn.get(group) ?? new Set()).add(of[row]!)));
    expect([...foldsIn.values()].every((folds) => folds.size === 1)).toBe(true);
  });

  test('key: a row keeps its fold when rows are added around it', () => {
    const keys = Array.from({ length: 400 }, (_, i) => `id-${i}`);
    const key = { ...whole, method: 'key', by: 'y' } as const;
    const many = makeTarget(numbers(keys.map((_, i) => i)), 'regression');
    const before = makeSplit(key, 'y', many, words(keys).column);
    const longer = ['new-1', ...keys.toReversed(), 'new-2'];
    const grown = makeTarget(numbers(longer.map((_, i) => i)), 'regression');
    const after = makeSplit(key, 'y', grown, words(longer).column);
    keys.forEach((id, row) => expect(foldsOf(after).of[longer.indexOf(id)]).toBe(foldsOf(before).of[row]));
    const sizes = [1, 2, 3, 4, 5].map((fold) => foldRows(foldsOf(before), fold).validation.length);
    expect(Math.min(...sizes)).toBeGreaterThan(35);
  });

  test('time: a fold learns from what is older alone, and the gap is kept', () => {
    const days = Float64Array.from({ length: 120 }, (_, i) => (i * 37) % 120);
    const by = { kind: 'number', name: 'y', values: days } as const;
    const days120 = makeTarget(numbers([...days]), 'regression');
    const time = { ...whole, train: 1, test: 0, method: 'time', by: 'y', folds: 3 } as const;
    const range = (list: Int32Array) => {
      const values = [...list].map((row) => days[row]!);
      return [Math.min(...values), Math.max(...values)];
    };
    const ranges = (split: Split) =>
      [1, 2, 3].map((fold) => {
        const { train, validation } = foldRows(foldsOf(split), fold);
        return [range(train), range(validation)];
      });
    expect(ranges(makeSplit(time, 'y', days120, by))).toEqual([
      [
        [0, 29],
        [30, 59],
      ],
      [
        [0, 59],
        [60, 89],
      ],
      [
        [0, 89],
        [90, 119],
      ],
    ]);
    expect(ranges(makeSplit({ ...time, gap: 5 }, 'y', days120, by))).toEqual([
      [
        [0, 29],
        [34, 59],
      ],
      [
        [0, 59],
        [64, 89],
      ],
      [
        [0, 89],
        [94, 119],
      ],
    ]);
  });
});
