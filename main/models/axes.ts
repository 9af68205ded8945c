import type { Design } from '../recipes/index.ts';

/** A feature or a category as the model sees it. Bin 0 is missing; a number is in bin 1 + how many cuts are below it, a level in bin 1 + its code. */
export interface Axis {
  readonly name: string;
  readonly kind: 'number' | 'levels';
  /** Ascending; empty for levels. */
  readonly cuts: Float64Array;
  readonly levels: readonly string[];
  readonly bins: number;
}

/** Numbers and categories of a design, in order: a one-hot block is one category. */
export type AxisColumn =
  | { readonly kind: 'number'; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: 'levels';
      readonly name: string;
      readonly levels: readonly string[];
      readonly codes: Int32Array;
    };

export function axisColumns(design: Design): AxisColumn[] {
  return design.blocks.flatMap((block): AxisColumn[] =>
    block.kind === 'dense'
      ? block.columns.map((values, d) => ({ kind: 'number', name: block.names[d] ?? '', values }))
      : [{ kind: 'levels', name: block.name, levels: block.levels, codes: block.codes }],
  );
}

/** Cuts between the values of the training rows: between all where they fit, else at equal shares of the rows. */
export function makeAxis(column: AxisColumn, mostBins: number): Axis {
  if (column.kind === 'levels') {
    const { name, levels } = column;
    return { name, kind: 'levels', cuts: new Float64Array(), levels, bins: levels.length + 1 };
  }
  const sorted = column.values.filter((value) => !Number.isNaN(value)).sort();
  let different = sorted.length > 0 ? 1 : 0;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] !== sorted[i - 1]) different++;
  const cuts: number[] = [];
  if (different <= mostBins) {
    for (let i = 1; i < sorted.length; i++)
      if (sorted[i] !== sorted[i - 1]) cuts.push(between(sorted[i - 1]!, sorted[i]!));
  } else {
    for (let b = 1; b < mostBins; b++) {
      let at = Math.floor((b * sorted.length) / mostBins);
      // The first row of a value that is larger than the one before.
      while (at > 0 && at < sorted.length && sorted[at] === sorted[at - 1]) at++;
      if (at === 0 || at >= sorted.length) continue;
      const cut = between(sorted[at - 1]!, sorted[at]!);
      if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
    }
  }
  return {
    name: column.name,
    kind: 'number',
    cuts: Float64Array.from(cuts),
    levels: [],
    bins: cuts.length + 2,
  };
}

/** At least `low`, below `high`. */
function between(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle >= low && middle < high ? middle : low;
}

export function binsOf(axis: Axis, column: AxisColumn, rows: number): Int32Array {
  if (column.kind === 'levels') return column.codes.map((code) => code + 1);
  const out = new Int32Array(rows);
  for (let row = 0; row < rows; row++) out[row] = binOf(axis.cuts, column.values[row]!);
  return out;
}

export function binOf(cuts: Float64Array, value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
