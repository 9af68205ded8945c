import * as z from 'zod';
import { encode, encodeOnnx, Encoding, encodingAt, learnEncoding } from '../../encoding.ts';
import { defineStep, type GraphColumn } from '../../step.ts';

const params = z.object({
  unknown: z.enum(['ignore', 'error', 'other']).default('ignore').meta({
    title: 'Unknown levels',
    description:
      'a level never seen in training: treated as missing, a refusal, or counted as "other" where rare levels were grouped',
  }),
  min_share: z.number().min(0).max(0.5).default(0).meta({
    title: 'Smallest share',
    description: 'levels in fewer than this share of the training rows are grouped as "other"; 0 keeps all',
  }),
  max_levels: z.int().min(0).max(100_000).default(1000).meta({
    title: 'Most levels',
    description: 'at most so many levels per column, "other" included; 0 for no limit',
  }),
});

const state = z.array(Encoding);

/** One feature of level codes per column, for families that split levels themselves or learn vectors of them. A missing value stays missing. */
export const codes = defineStep({
  id: 'codes',
  version: 1,
  title: 'Level codes',
  doc: 'Keeps a text column as one feature of its levels, for families that take categories as they are: trees, and networks, which learn a vector for each level. A missing value stays missing.',
  selects: 'categories',
  params,
  state,
  fit: (columns, chosen, place) => columns.map((column) => learnEncoding(column, chosen, 'codes', place)),
  apply: (columns, fitted, place) =>
    columns.map((column, i) => {
      const encoding = encodingAt(fitted, i);
      const coded = encode(column, encoding, 'codes', place);
      return [{ kind: 'codes', name: column.name, levels: encoding.levels, codes: coded }];
    }),
  onnx: (graph, columns, fitted) =>
    columns.map((column, i): GraphColumn[] => {
      if (column.kind !== 'category') return [column];
      const encoding = encodingAt(fitted, i);
      const coded = encodeOnnx(graph, column, encoding);
      return [{ kind: 'codes', name: column.name, levels: encoding.levels, codes: coded }];
    }),
});
