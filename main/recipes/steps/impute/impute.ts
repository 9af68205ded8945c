import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { mean, selectQuantile } from '../../../math/index.ts';
import {
  kindWords,
  knownValues,
  type CategoryColumn,
  type NumberColumn,
  type WorkColumn,
} from '../../columns.ts';
import { defineStep, type GraphColumn, type StepPlace } from '../../step.ts';

const params = z.object({
  strategy: z.enum(['mean', 'median', 'most_frequent', 'constant']).default('median').meta({
    title: 'Fill with',
    description: 'the mean or median (numbers only), the most frequent value, or a constant',
  }),
  fill: z
    .union([z.number(), z.string(), z.null()])
    .default(null)
    .meta({ title: 'Constant', description: 'the value to fill with, when the strategy is constant' }),
  indicator: z.boolean().default(false).meta({
    title: 'Indicator',
    description: 'adds a column that is 1 where the value was missing, for columns with gaps in training',
  }),
});

const state = z.array(
  z.object({
    /** null: there was nothing to learn from and gaps stay (categories only). */
    fill: z.union([z.number(), z.string(), z.null()]),
    indicator: z.boolean(),
  }),
);

/** Fills gaps. A number column with no value in training is filled with 0. */
export const impute = defineStep({
  id: 'impute',
  version: 1,
  title: 'Fill gaps',
  doc: 'Fills missing values with one learned from training rows: mean, median, most frequent, or a constant. Ties go to the smallest.',
  selects: 'numbers',
  params,
  state,
  fit: (columns, chosen, place) =>
    columns.map((column) => ({
      fill: fillFor(column, chosen, place),
      indicator: chosen.indicator && hasGaps(column),
    })),
  apply: (columns, fitted) =>
    columns.map((column, i) => {
      const { fill, indicator } = fitted[i] ?? { fill: null, indicator: false };
      const filled = fillColumn(column, fill);
      return indicator ? [filled, indicatorOf(column)] : [filled];
    }),
  onnx: (graph, columns, fitted) =>
    columns.map((column, i): GraphColumn[] => {
      const { fill, indicator } = fitted[i] ?? { fill: null, indicator: false };
      if (column.kind === 'category') {
        const filled: GraphColumn =
          typeof fill === 'string' ? { ...column, missing: column.missing ?? fill } : column;
        if (!indicator) return [filled];
        const gap = graph.node(
          'LabelEncoder',
          [column.text],
          {
            keys_strings: [''],
            values_int64s: { ints: [column.missing === null ? 1 : 0] },
            default_int64: 0n,
          },
          'ai.onnx.ml',
        );
        return [
          filled,
          { kind: 'number', name: gapName(column.name), value: graph.node('Cast', [gap], { to: 11n }) },
        ];
      }
      if (column.kind !== 'number') return [column];
      const gap = graph.node('IsNaN', [column.value]);
      const constant = graph.constant({
        type: 'double',
        shape: [1, 1],
        data: [typeof fill === 'number' ? fill : 0],
      });
      const filled: GraphColumn = { ...column, value: graph.node('Where', [gap, constant, column.value]) };
      if (!indicator) return [filled];
      return [
        filled,
        { kind: 'number', name: gapName(column.name), value: graph.node('Cast', [gap], { to: 11n }) },
      ];
    }),
});

function fillFor(
  column: WorkColumn,
  chosen: z.infer<typeof params>,
  place: StepPlace,
): number | string | null {
  const { strategy, fill } = chosen;
  const wrong = (wanted: string, hint: string) =>
    fail('step-column-kind', {
      step: 'impute',
      position: place.position,
      column: column.name,
      found: kindWords(column),
      wanted,
      hint,
    });
  if (column.kind === 'one-hot' || column.kind === 'codes') {
    throw wrong('raw columns', `Put it before ${column.kind}`);
  }
  if (strategy === 'constant') return constantFor(column, fill, place);
  if (strategy === 'most_frequent')
    return column.kind === 'number' ? modeOf(column.values) : commonest(column);
  if (column.kind === 'category') {
    throw wrong(`numbers when the strategy is ${strategy}`, 'Use "strategy: most_frequent" for text');
  }
  const known = knownValues(column);
  if (known.length === 0) return 0;
  return strategy === 'median' ? selectQuantile(known, 0.5) : mean(known);
}

function constantFor(column: NumberColumn | CategoryColumn, fill: number | string | null, place: StepPlace) {
  const refuse = (message: string) =>
    fail('step-param', { step: 'impute', position: place.position, param: 'fill', message });
  if (fill === null || fill === '')
    throw refuse('say the value to fill with, because the strategy is constant');
  if (column.kind === 'category') return String(fill);
  if (typeof fill === 'number') return fill;
  throw refuse(`expected a number for column "${column.name}", got "${fill}"`);
}

function modeOf(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [value, count] of counts) {
    if (count > most || (count === most && value < best)) [best, most] = [value, count];
  }
  return best;
}

function commonest(column: CategoryColumn): string | null {
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  let best: string | null = null;
  let most = 0;
  column.levels.forEach((level, code) => {
    const count = counts[code] ?? 0;
    if (count > most || (count === most && count > 0 && best !== null && level < best))
      [best, most] = [level, count];
  });
  return best;
}

function hasGaps(column: WorkColumn): boolean {
  if (column.kind !== 'number') return column.codes.includes(-1);
  for (const value of column.values) if (Number.isNaN(value)) return true;
  return false;
}

function fillColumn(column: WorkColumn, fill: number | string | null): WorkColumn {
  if (column.kind === 'one-hot' || column.kind === 'codes') return column;
  if (fill === null || !hasGaps(column)) return column;
  if (column.kind === 'number') {
    const value = Number(fill);
    const values = column.values.slice();
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i])) values[i] = value;
    return { ...column, values };
  }
  const level = String(fill);
  const known = column.levels.indexOf(level);
  const code = known < 0 ? column.levels.length : known;
  const codes = column.codes.slice();
  for (let i = 0; i < codes.length; i++) if (codes[i] === -1) codes[i] = code;
  return { ...column, codes, levels: known < 0 ? [...column.levels, level] : column.levels };
}

function indicatorOf(column: WorkColumn): NumberColumn {
  const values =
    column.kind === 'number'
      ? column.values.map((value) => (Number.isNaN(value) ? 1 : 0))
      : Float64Array.from(column.codes, (code) => (code < 0 ? 1 : 0));
  return { kind: 'number', name: gapName(column.name), values };
}

function gapName(name: string): string {
  return `${name}_missing`;
}
