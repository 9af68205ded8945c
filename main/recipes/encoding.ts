import * as z from 'zod';
import { fail } from '../../preload/contract/errors.ts';
import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { WorkColumn } from './columns.ts';
import { countLevels, rareLevels } from './rare-levels.ts';
import type { GraphColumn, StepPlace } from './step.ts';
import { textColumn } from './step-columns.ts';

/** How the levels of a text column become codes: what the steps that encode text learn. */
export const Encoding = z.object({
  /** Sorted; the last is `other` when there is one. */
  levels: z.array(z.string()),
  /** Levels that were seen and are read as `other`. */
  rare: z.array(z.string()),
  unknown: z.enum(['ignore', 'error', 'other']),
});
export type Encoding = z.infer<typeof Encoding>;

interface EncodingParams {
  readonly unknown: Encoding['unknown'];
  readonly min_share: number;
  readonly max_levels: number;
}

/** Learns the levels of a column, rare ones grouped. */
export function learnEncoding(
  column: WorkColumn,
  { unknown, min_share, max_levels }: EncodingParams,
  step: string,
  place: StepPlace,
): Encoding {
  const text = textColumn(column, step, place);
  const counts = countLevels(text);
  const rare = rareLevels(counts, min_share * text.codes.length, max_levels);
  const kept = [...counts.keys()].filter((level) => !rare.has(level));
  const levels = rare.size > 0 ? [...kept, otherName(kept)] : kept;
  return { levels, rare: [...rare], unknown };
}

/** The codes of a column's values; -1 is a missing value, or an unknown level where that is ignored. */
export function encode(column: WorkColumn, encoding: Encoding, step: string, place: StepPlace): Int32Array {
  const text = textColumn(column, step, place);
  const codeOf = codesOf(encoding);
  const unseen = encoding.unknown === 'error' ? refused : unknownCode(encoding);
  const recode = Int32Array.from(text.levels, (level) => codeOf.get(level) ?? unseen);
  const codes = new Int32Array(text.codes.length);
  for (let row = 0; row < codes.length; row++) {
    const from = text.codes[row] ?? -1;
    const code = from < 0 ? -1 : (recode[from] ?? -1);
    if (code === refused) {
      throw fail('level-unknown', {
        step,
        position: place.position,
        column: text.name,
        row: place.row(row),
        value: text.levels[from] ?? '',
      });
    }
    codes[row] = code;
  }
  return codes;
}

/** `encode` as a node: int64 [N, 1] from string [N, 1]. A graph cannot refuse: `error` acts as `ignore`. */
export function encodeOnnx(
  graph: OnnxGraph,
  column: Extract<GraphColumn, { kind: 'category' }>,
  encoding: Encoding,
): OnnxValue {
  const codeOf = codesOf(encoding);
  const keys = [...codeOf.entries()];
  const missing = column.missing === null ? -1 : (codeOf.get(column.missing) ?? unknownCode(encoding));
  return graph.node(
    'LabelEncoder',
    [column.text],
    {
      keys_strings: [...keys.map(([level]) => level), ''],
      values_int64s: { ints: [...keys.map(([, code]) => code), missing] },
      default_int64: BigInt(unknownCode(encoding)),
    },
    'ai.onnx.ml',
  );
}

export function encodingAt(fitted: readonly Encoding[], index: number): Encoding {
  return fitted[index] ?? { levels: [], rare: [], unknown: 'ignore' };
}

const refused = -2;

function codesOf({ levels, rare }: Encoding): Map<string, number> {
  const kept = rare.length > 0 ? levels.slice(0, -1) : levels;
  const codes = new Map(kept.map((level, code) => [level, code]));
  for (const level of rare) codes.set(level, kept.length);
  return codes;
}

function unknownCode({ levels, rare, unknown }: Encoding): number {
  return unknown === 'other' && rare.length > 0 ? levels.length - 1 : -1;
}

function otherName(taken: readonly string[]): string {
  let name = 'other';
  while (taken.includes(name)) name = `(${name})`;
  return name;
}
