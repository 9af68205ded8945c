import * as z from 'zod';
import { moments } from '../../../math/index.ts';
import { knownValues, type WorkColumn } from '../../columns.ts';
import { defineStep, type FitPlace } from '../../step.ts';
import { numberColumn, wrongKind, wrongParam } from '../../step-columns.ts';
import { permutationImportance } from './permutation.ts';
import { binsOf, mutualInformation, targetBins } from './mutual-information.ts';

const params = z.object({
  method: z.enum(['variance', 'mutual-information', 'permutation']).default('mutual-information').meta({
    title: 'By',
    description:
      "variance: of numbers, in training rows; mutual-information: how much a column tells of the target, in nats, numbers cut into bins; permutation: how much of a forest's skill goes when the column is shuffled, in training rows it did not learn from",
  }),
  keep: z
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .default(null)
    .meta({ title: 'Keep', description: 'at most so many columns, the best; none: no limit' }),
  above: z
    .number()
    .min(0)
    .default(0)
    .meta({ title: 'Above', description: 'only columns that score above this; the best one always stays' }),
  bins: z.int().min(2).max(256).default(10).meta({
    title: 'Bins',
    description: 'into how many bins of equally many rows numbers are cut, for mutual information',
  }),
});

const state = z.array(z.object({ name: z.string(), score: z.number(), kept: z.boolean() }));

/** Leaves out the columns that tell least. Of equal scores the first column stays. */
export const select = defineStep({
  id: 'select',
  version: 1,
  title: 'Select features',
  doc: 'Keeps the columns that vary most, or that tell most of the target (mutual information, or permutation importance), learned from training rows; the others are left out.',
  selects: 'numbers',
  params,
  state,
  fit(columns, { method, keep, above, bins }, place) {
    const scores =
      method === 'permutation'
        ? permutationOf(place, columns)
        : columns.map(method === 'variance' ? varianceOf(place) : informationOf(place, bins));
    const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    const kept = new Set(
      order
        .slice(0, keep ?? order.length)
        .filter((column, rank) => rank === 0 || (scores[column] ?? 0) > above),
    );
    return columns.map(({ name }, i) => ({ name, score: scores[i] ?? 0, kept: kept.has(i) }));
  },
  apply: (columns, learned) => columns.map((column, i) => (learned[i]?.kept === true ? [column] : [])),
  onnx: (_graph, columns, learned) => columns.map((column, i) => (learned[i]?.kept === true ? [column] : [])),
});

function varianceOf(place: FitPlace): (column: WorkColumn) => number {
  return (column) => {
    if (column.kind === 'category') {
      const hint = 'Leave it out of "columns", or select by mutual-information';
      throw wrongKind(column, { step: 'select', place, wanted: 'numbers when it goes by variance', hint });
    }
    return moments(knownValues(numberColumn(column, 'select', place))).deviation ** 2;
  };
}

function permutationOf({ target, ...place }: FitPlace, columns: readonly WorkColumn[]): number[] {
  if (target === null)
    throw wrongParam('select', place, 'method', 'permutation needs a target, and there is none here');
  return permutationImportance(columns, target, place.seed);
}

function informationOf(place: FitPlace, bins: number): (column: WorkColumn) => number {
  if (place.target === null)
    throw wrongParam('select', place, 'method', 'mutual-information needs a target, and there is none here');
  const target = targetBins(place.target, bins);
  return (column) => mutualInformation(binsOf(column, bins), target);
}
