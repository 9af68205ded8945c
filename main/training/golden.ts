import * as z from 'zod';
import type { ModelArtifact } from '../models/index.ts';
import { gatherRows, type FittedPipeline, type RawColumn } from '../recipes/index.ts';
import { outputNames } from './output-names.ts';
import { predictTable } from './predict-table.ts';

/** Rows with the predictions the native model makes of them, so that anyone can see whether they get the same. */
export const Golden = z.strictObject({
  format: z.literal(1),
  /** Relative for numbers beyond 1, absolute below. */
  tolerance: z.number().positive(),
  rows: z
    .array(
      z.strictObject({
        /** Row of the snapshot, from 1. */
        row: z.int().min(1),
        /** null is missing. */
        inputs: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
        /** By the names of the graph's outputs. */
        outputs: z.record(z.string(), z.union([z.number(), z.string()])),
      }),
    )
    .min(1),
});
export type Golden = z.infer<typeof Golden>;

const wanted = 10;

/**
 * Ten of the given rows, evenly spread. Of classes only the probabilities are kept: the most likely class may turn over
 * where two are level within the tolerance.
 */
export function makeGolden(
  pipeline: FittedPipeline,
  artifact: ModelArtifact,
  columns: readonly RawColumn[],
  rows: Int32Array,
): Golden {
  const count = Math.min(wanted, rows.length);
  const chosen = Int32Array.from(
    { length: count },
    (_, i) => rows[Math.floor((i * rows.length) / count)] ?? 0,
  );
  const inputs = pipeline.inputs.flatMap(({ name }) => {
    const column = columns.find((candidate) => candidate.name === name);
    return column ? [gatherRows(column, chosen)] : [];
  });
  const { values } = predictTable(pipeline, artifact, inputs);
  const [prediction, ...probabilities] = outputNames(
    pipeline.inputs.map(({ name }) => name),
    artifact.classes,
  );
  const kept = artifact.task === 'regression' ? [prediction] : probabilities;
  return {
    format: 1,
    tolerance: 1e-5,
    rows: Array.from(chosen, (row, index) => ({
      row: row + 1,
      inputs: Object.fromEntries(inputs.map((column) => [column.name, valueAt(column, index)])),
      outputs: Object.fromEntries(kept.map((name, i) => [name, values[index * kept.length + i] ?? NaN])),
    })),
  };
}

function valueAt(column: RawColumn, index: number): number | string | null {
  if (column.kind === 'number') {
    const value = column.values[index] ?? NaN;
    return Number.isNaN(value) ? null : value;
  }
  const code = column.codes[index] ?? -1;
  return code < 0 ? null : (column.levels[code] ?? null);
}
