import * as z from 'zod';
import { defineStep } from '../../step.ts';

/** Leaves columns out from here on; they stay inputs of the recipe. */
export const drop = defineStep({
  id: 'drop',
  version: 1,
  title: 'Drop',
  doc: 'Leaves columns out from here on. To never read a column, exclude it in the recipe instead.',
  selects: null,
  params: z.object({}),
  state: z.null(),
  fit: () => null,
  apply: (columns) => columns.map(() => []),
  onnx: (_graph, columns) => columns.map(() => []),
});
