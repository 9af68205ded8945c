import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../platform/random.ts';
import type { Design, Target } from '../../../recipes/index.ts';
import { fitFamily } from '../testing.ts';
import { additive } from './index.ts';

const rows = 800;
const random = createRandom(4);
const a = Float64Array.from({ length: rows }, () => 10 * random.uniform());
const b = Float64Array.from({ length: rows }, () => 10 * random.uniform());
const kind = Int32Array.from({ length: rows }, () => random.integer(4) - 1);
const design: Design = {
  rows,
  width: 3,
  blocks: [
    { kind: 'dense', names: ['a', 'b'], columns: [a, b] },
    { kind: 'codes', name: 'kind', levels: ['x', 'y', 'z'], codes: kind },
  ],
};
const curve = (value: number): number => 4 * Math.sin(value / 2);
const known = Float64Array.from(a, (value, i) => 50 + curve(value) + (kind[i] === 1 ? 6 : 0));
const amounts: Target = { task: 'regression', values: known.map((value) => value + random.normal() / 2) };
const plain = { interactions: 0, bags: 2 };

/** Effects of a curve by its table, for numbers at the middle of each range. */
async function curveOf(name: string, params: Readonly<Record<string, unknown>>, target: Target = amounts) {
  const { artifact, notes } = await fitFamily(additive, { design, target }, params);
  const table = additive.report(artifact).find(({ title }) => title === `Curve: ${name}`)!;
  return { artifact, notes, rows: table.rows, columns: table.columns };
}

type Lines = readonly (readonly (string | number | null)[])[];
const effectsOf = (lines: Lines): number[] => lines.map((line) => Number(line[3]));
const rising = (values: readonly number[]): boolean =>
  values.every((value, i) => i === 0 || value >= values[i - 1]! - 1e-12);
const wiggle = (lines: Lines): number =>
  effectsOf(lines).reduce((sum, value, i, all) => sum + Math.abs(value - (all[i - 1] ?? value)), 0);

describe('curves', () => {
  it('find what the data was made of', async () => {
    const { rows: lines } = await curveOf('a', plain);
    const mean = a.reduce((sum, value) => sum + curve(value) / rows, 0);
    const far = lines.filter(([above, upTo, , effect]) => {
      const middle = (Number(above ?? 0) + Number(upTo ?? 10)) / 2;
      return Math.abs(Number(effect) - (curve(middle) - mean)) > 0.7;
    });
    expect(far).toEqual([]);
    const { rows: levels } = await curveOf('kind', plain);
    const effect = new Map(levels.map(([level, , value]) => [level, Number(value)]));
    expect(effect.get('y')! - effect.get('x')!).toBeGreaterThan(5.5);
    expect(Math.abs(effect.get('z')! - effect.get('x')!)).toBeLessThan(0.4);
  });

  it('go one way where they are held to it, smoothed too', async () => {
    const { rows: free } = await curveOf('a', plain);
    expect(rising(effectsOf(free))).toBe(false);
    const held = await curveOf('a', { ...plain, monotone_constraints: { a: 1 } });
    expect(rising(effectsOf(held.rows))).toBe(true);
    const smoothed = await curveOf('a', { ...plain, monotone_constraints: { a: 1 }, smoothing: 5 });
    expect(rising(effectsOf(smoothed.rows))).toBe(true);
  });

  it('are smoother with smoothing', async () => {
    const rough = await curveOf('b', { ...plain, l2: 0, early_stopping_rounds: 0, max_rounds: 100 });
    const calm = await curveOf('b', {
      ...plain,
      l2: 0,
      early_stopping_rounds: 0,
      max_rounds: 100,
      smoothing: 8,
    });
    expect(wiggle(calm.rows)).toBeLessThan(0.7 * wiggle(rough.rows));
  });
});

describe('edits', () => {
  it('set a range to a value, exactly where they say, and are said', async () => {
    const edits = [{ feature: 'a', from: 2, to: 3.5, value: 1.25 }];
    const { artifact, notes } = await curveOf('a', { ...plain, edits });
    const before = (await curveOf('a', plain)).artifact;
    const [old, now] = [additive.predict(before, design), additive.predict(artifact, design)];
    const moved = [...a.keys()].filter((row) => old[row] !== now[row]);
    expect(moved.filter((row) => !(a[row]! > 2 && a[row]! <= 3.5))).toEqual([]);
    expect(moved.length).toBeGreaterThan(80);
    expect(notes.join(' ')).toContain('edited by hand: the curve of "a" above 2 up to 3.5 is 1.25 (fitted: ');
  });

  it('set levels and gaps', async () => {
    const edits = [{ feature: 'kind', levels: ['z'], missing: true, value: -3 }];
    const { rows: lines, notes } = await curveOf('kind', { ...plain, edits });
    expect(lines.map((line) => line[2]).slice(2)).toEqual([-3, -3]);
    expect(notes.join(' ')).toContain('the curve of "kind" where it is missing and for z is -3');
  });

  it.each([
    [{ feature: 'c', value: 1 }, 'edits: there is no feature "c"; there are a, b, kind'],
    [{ feature: 'kind', from: 1, value: 1 }, '"kind" is a category'],
    [{ feature: 'kind', levels: ['q'], value: 1 }, '"kind" has no level "q"; there are x, y, z'],
    [{ feature: 'a', from: 3, to: 2, value: 1 }, 'from 3 is not below to 2'],
    [{ feature: 'a', levels: ['x'], value: 1 }, '"a" is a number'],
  ])('%j is refused', async (edit, words) => {
    await expect(curveOf('a', { ...plain, edits: [edit] })).rejects.toThrow(words);
  });
});

describe('pairs', () => {
  const joint: Target = {
    task: 'regression',
    values: a.map((value, i) => (value > 5 === b[i]! > 5 ? 3 : -3) + random.normal() / 3),
  };

  it('are found where two features only speak together', async () => {
    const { artifact } = await fitFamily(additive, { design, target: joint }, { interactions: 1, bags: 2 });
    expect(additive.report(artifact)[0]!.rows[0]![0]).toBe('a x b');
    const predictions = additive.predict(artifact, design);
    const missed = a.reduce((sum, value, i) => {
      const truth = value > 5 === b[i]! > 5 ? 3 : -3;
      return sum + (truth - predictions[i]!) ** 2 / rows;
    }, 0);
    expect(missed).toBeLessThan(1);
  });

  it('are added where asked for, and refused by name', async () => {
    const chosen = { ...plain, pairs: [['kind', 'a']] };
    const { artifact } = await fitFamily(additive, { design, target: joint }, chosen);
    expect(additive.report(artifact).map(({ title }) => title)).toContain('Grid: a x kind');
    const wrong = fitFamily(additive, { design, target: joint }, { ...plain, pairs: [['a', 'q']] });
    await expect(wrong).rejects.toThrow('pairs: there is no feature "q"; there are a, b, kind');
  });
});
