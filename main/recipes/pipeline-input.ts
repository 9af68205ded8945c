import * as z from 'zod';
import { select } from '../math/index.ts';
import { knownValues, type CategoryColumn, type NumberColumn, type RawColumn } from './columns.ts';

/** How a value is written in a table that a prediction is asked for. */
export const InputType = z.enum(['number', 'bool', 'date', 'timestamp', 'text']);
export type InputType = z.infer<typeof InputType>;

/** A raw column by name. Everything but text becomes a number; see columns.ts. */
export interface NamedInput {
  readonly name: string;
  readonly type: InputType;
}

/** A raw column the pipeline reads, with what a form for one row needs. */
export const PipelineInput = z.object({
  name: z.string(),
  type: InputType,
  /** A typical value: the median of up to 10,000 training rows, or the most frequent level; null when there was none. */
  example: z.union([z.number(), z.string(), z.null()]),
  /** Levels seen in training, most frequent first, at most 200; empty for numbers. */
  levels: z.array(z.string()),
});
export type PipelineInput = z.infer<typeof PipelineInput>;

const mostLevels = 200;
const mostRows = 10_000;

/** `column` holds the training rows. */
export function describeInput({ name, type }: NamedInput, column: RawColumn): PipelineInput {
  if (column.kind === 'number') return { name, type, example: typical(column), levels: [] };
  const levels = byFrequency(column);
  return { name, type, example: levels[0] ?? null, levels: levels.slice(0, mostLevels) };
}

function typical(column: NumberColumn): number | null {
  const sample = knownValues({ ...column, values: column.values.subarray(0, mostRows) });
  if (sample.length === 0) return null;
  // An order statistic, not a mean of two: it is a value that occurs, so that a date stays a day and a count whole.
  return select(sample, Math.floor((sample.length - 1) / 2));
}

function byFrequency({ levels, codes }: CategoryColumn): string[] {
  const counts = new Uint32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return levels
    .map((level, code) => ({ level, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .map(({ level }) => level);
}
