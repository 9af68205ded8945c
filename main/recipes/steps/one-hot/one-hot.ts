import * as z from 'zod';
import { encode, encodeOnnx, Encoding, encodingAt, learnEncoding } from '../../encoding.ts';
import { defineStep, type GraphColumn } from '../../step.ts';

const params = z.object({
  unknown: z.enum(['ignore', 'error', 'other']).default('ignore').meta({
    title: 'Unknown levels',
    description:
      'a level never seen in training: all zeros, a refusal, or counted as "other" where rare levels were grouped',
  }),
  min_share: z.number().min(0).max(0.5).default(0.001).meta({
    title: 'Smallest share',
    description: 'levels in fewer than this share of the training rows are grouped as "other"; 0 keeps all',
  }),
  max_levels: z.int().min(0).max(100_000).default(1000).meta({
    title: 'Most features',
    description: 'at most so many features per column, "other" included; 0 for no limit',
  }),
});

const state = z.array(Encoding);

/** One 0/1 feature per level. A missing value is all zeros. */
export const oneHot = defineStep({
  id: 'one-hot',
  version: 1,
  title: 'One-hot',
  doc: 'Turns each level of a text column into a 0/1 feature, rare levels grouped as "other". A missing value is all zeros.',
  selects: 'categories',
  params,
  state,
  fit: (columns, chosen, place) => columns.map((column) => learnEncoding(column, chosen, 'one-hot', place)),
  apply: (columns, fitted, place) =>
    columns.map((column, i) => {
      const encoding = encodingAt(fitted, i);
      const codes = encode(column, encoding, 'one-hot', place);
      return [{ kind: 'one-hot', name: column.name, levels: encoding.levels, codes }];
    }),
  onnx: (graph, columns, fitted) =>
    columns.map((column, i): GraphColumn[] => {
      if (column.kind !== 'category') return [column];
      const encoding = encodingAt(fitted, i);
      const codes = encodeOnnx(graph, column, encoding);
      return [{ kind: 'one-hot', name: column.name, levels: encoding.levels, codes }];
    }),
});
