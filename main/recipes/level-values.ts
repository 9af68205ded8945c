import * as z from 'zod';
import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { CategoryColumn } from './columns.ts';
import type { GraphColumn } from './step.ts';

/** A number for each level of a text column: what the steps that turn text into numbers learn. null is a missing number. */
export const LevelValues = z.object({
  levels: z.array(z.string()),
  /** One per level. */
  values: z.array(z.number().nullable()),
  /** Of rows without a value. */
  missing: z.number().nullable(),
  /** Of levels that training never saw. */
  unknown: z.number().nullable(),
});
export type LevelValues = z.infer<typeof LevelValues>;

/** The number of each row. */
export function valuesOf({ levels, codes }: CategoryColumn, learned: LevelValues): Float64Array {
  const valueOf = new Map(learned.levels.map((level, i) => [level, learned.values[i] ?? NaN]));
  const unknown = learned.unknown ?? NaN;
  const missing = learned.missing ?? NaN;
  const byCode = Float64Array.from(levels, (level) => valueOf.get(level) ?? unknown);
  const made = new Float64Array(codes.length);
  for (let row = 0; row < made.length; row++) {
    const code = codes[row]!;
    made[row] = code < 0 ? missing : byCode[code]!;
  }
  return made;
}

/** `valuesOf` as nodes: the levels' places, then their numbers. double [N, 1]. */
export function valuesOnnx(
  graph: OnnxGraph,
  { text, missing: readAs }: Extract<GraphColumn, { kind: 'category' }>,
  { levels, values, missing, unknown }: LevelValues,
): OnnxValue {
  const filled = readAs === null ? -1 : levels.indexOf(readAs);
  const place = readAs === null ? levels.length : filled < 0 ? levels.length + 1 : filled;
  const places = graph.node(
    'LabelEncoder',
    [text],
    {
      keys_strings: [...levels, ''],
      values_int64s: { ints: [...levels.keys(), place] },
      default_int64: BigInt(levels.length + 1),
    },
    'ai.onnx.ml',
  );
  const numbers = graph.constant({
    type: 'double',
    shape: [levels.length + 2],
    data: [...values, missing, unknown].map((value) => value ?? NaN),
  });
  return graph.node('Gather', [numbers, places]);
}
