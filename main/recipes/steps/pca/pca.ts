import * as z from 'zod';
import { fail } from '../../../../preload/contract/errors.ts';
import { mean, symmetricEigen } from '../../../math/index.ts';
import type { NumberColumn } from '../../columns.ts';
import { defineStep, type StepPlace } from '../../step.ts';
import { graphNumbers, inPlaceOfAll, numberColumn, wrongParam } from '../../step-columns.ts';

const params = z.object({
  components: z
    .int()
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({ title: 'Components', description: 'how many; none: as many as the share of variance needs' }),
  variance: z.number().gt(0).max(1).default(0.95).meta({
    title: 'Share of variance',
    description: 'the fewest components that hold this share of the variance, where their number is not said',
  }),
  whiten: z
    .boolean()
    .default(false)
    .meta({ title: 'Whiten', description: 'gives each component deviation 1 over the training rows' }),
});

const mostColumns = 2000;

const state = z.object({
  means: z.array(z.number()),
  /** Per component one weight per column; divided by the deviation where whitened. */
  components: z.array(z.array(z.number())),
  /** Of each component kept, as shares of the whole. */
  shares: z.array(z.number()),
});

/**
 * Principal components, named `pca1`, `pca2`, ...: eigenvectors of the covariance (n - 1), each with the sign that makes its largest
 * weight positive. They take the place of the columns.
 */
export const pca = defineStep({
  id: 'pca',
  version: 1,
  title: 'Principal components',
  doc: 'Replaces number columns by the few combinations of them that hold most of their variance, named pca1, pca2, ... Scale them and fill gaps first.',
  selects: 'numbers',
  params,
  state,
  fit(columns, { components: wanted, variance, whiten }, place) {
    const numbers = columns.map((column) => known(numberColumn(column, 'pca', place), place));
    const width = numbers.length;
    if (wanted !== null && wanted > width)
      throw wrongParam(
        'pca',
        place,
        'components',
        `${wanted} of ${width} columns; at most as many as columns`,
      );
    if (width > mostColumns) {
      const message = `${width} columns; at most ${mostColumns} are taken. Choose fewer, or select features first`;
      throw wrongParam('pca', place, 'columns', message);
    }
    const means = numbers.map(({ values }) => (values.length > 0 ? mean(values) : 0));
    const { values, vectors } = symmetricEigen(covariance(numbers, means), width);
    const variances = values.map((value) => Math.max(0, value));
    const total = variances.reduce((sum, value) => sum + value, 0);
    const kept = wanted ?? enough(variances, total, variance);
    const components = Array.from({ length: kept }, (_, k) => {
      const weights = vectors.subarray(k * width, (k + 1) * width);
      const largest = weights.reduce(
        (best, weight) => (Math.abs(weight) > Math.abs(best) ? weight : best),
        0,
      );
      const deviation = Math.sqrt(variances[k] ?? 0);
      const nothing = !(deviation > Number.EPSILON * Math.sqrt(total));
      const by = (largest < 0 ? -1 : 1) / (whiten && !nothing ? deviation : 1);
      return Array.from(weights, (weight) => weight * by);
    });
    const shares = components.map((_, k) => (total > 0 ? (variances[k] ?? 0) / total : 0));
    return { means, components, shares };
  },
  apply(columns, { means, components }, place) {
    const numbers = columns.map((column) => numberColumn(column, 'pca', place));
    const rows = numbers[0]?.values.length ?? 0;
    const made = components.map((weights, k): NumberColumn => {
      const values = new Float64Array(rows);
      numbers.forEach((column, i) => {
        const weight = weights[i] ?? 0;
        const centre = means[i] ?? 0;
        for (let row = 0; row < rows; row++)
          values[row] = (values[row] ?? 0) + ((column.values[row] ?? NaN) - centre) * weight;
      });
      return { kind: 'number', name: `pca${k + 1}`, values };
    });
    return inPlaceOfAll(columns.length, made);
  },
  onnx(graph, columns, { means, components }) {
    const numbers = graphNumbers(columns);
    if (numbers.length === 0) return [];
    const width = numbers.length;
    const together = graph.node(
      'Concat',
      numbers.map(({ value }) => value),
      { axis: 1n },
    );
    const centred = graph.node('Sub', [
      together,
      graph.constant({ type: 'double', shape: [1, width], data: means }),
    ]);
    const made = components.map((weights, k) => ({
      kind: 'number' as const,
      name: `pca${k + 1}`,
      value: graph.node('MatMul', [
        centred,
        graph.constant({ type: 'double', shape: [width, 1], data: weights }),
      ]),
    }));
    return inPlaceOfAll(columns.length, made);
  },
});

function known(column: NumberColumn, place: StepPlace): NumberColumn {
  const row = column.values.findIndex((value) => Number.isNaN(value));
  if (row >= 0) throw fail('value-missing', { column: column.name, row: place.row(row) });
  return column;
}

/** The lower triangle, row-major, divided by n - 1. */
function covariance(columns: readonly NumberColumn[], means: readonly number[]): Float64Array {
  const width = columns.length;
  const made = new Float64Array(width * width);
  const centred = columns.map(({ values }, i) => values.map((value) => value - (means[i] ?? 0)));
  const rows = centred[0]?.length ?? 0;
  centred.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = centred[j];
      if (!b) continue;
      let sum = 0;
      for (let row = 0; row < rows; row++) sum += (a[row] ?? 0) * (b[row] ?? 0);
      made[i * width + j] = sum / Math.max(1, rows - 1);
    }
  });
  return made;
}

function enough(variances: Float64Array, total: number, share: number): number {
  let held = 0;
  for (let k = 0; k < variances.length; k++) {
    held += variances[k] ?? 0;
    if (held >= share * total * (1 - 1e-12)) return k + 1;
  }
  return variances.length;
}
