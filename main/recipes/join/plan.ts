import * as z from 'zod';
import { Digest } from '../../../preload/contract/common.ts';

const JoinStatistic = z.enum(['mean', 'sum', 'min', 'max', 'count']);
export type JoinStatistic = z.infer<typeof JoinStatistic>;

/**
 * Columns of another snapshot, beside those of the data: each row is given those of the one row there that has the same key (a left join:
 * no row is added or lost), or a statistic over all rows there that have it.
 */
export const JoinPlan = z.strictObject({
  /** `NAME@N`, for people; the snapshot is what counts. */
  dataset: z.string().min(1),
  snapshot: Digest,
  /** The key: columns here (or of a join before), each with the column there that it equals. */
  on: z.record(z.string(), z.string()).refine((on) => Object.keys(on).length > 0, 'name at least one column'),
  /** Columns there. */
  columns: z.array(z.string().min(1)).min(1).max(1000),
  /** Stands before their names here. */
  prefix: z.string().max(100).optional(),
  /** What becomes of several rows with one key; absent: they are refused. */
  aggregate: JoinStatistic.optional(),
});
export type JoinPlan = z.infer<typeof JoinPlan>;

/** As people write it: `on` may be a column, or some, that are called the same on both sides. */
export const WrittenJoin = JoinPlan.partial({ dataset: true, snapshot: true, columns: true });
export type WrittenJoin = z.infer<typeof WrittenJoin>;

/** A column that a join makes, and the one there that it is made of. */
export interface JoinedColumn {
  readonly name: string;
  readonly of: string;
}

export function joinColumns({ columns, prefix = '' }: JoinPlan): JoinedColumn[] {
  return columns.map((of) => ({ name: `${prefix}${of}`, of }));
}

/** Every column that some joins make. */
export function joinedNames(joins: readonly JoinPlan[] | undefined): string[] {
  return (joins ?? []).flatMap(joinColumns).map(({ name }) => name);
}

/** The columns here that some joins read, those of other joins among them. */
export function joinKeys(joins: readonly JoinPlan[] | undefined): string[] {
  return [...new Set((joins ?? []).flatMap(({ on }) => Object.keys(on)))];
}

/** `stations@2 by "station"` */
export function joinWords({ dataset, on }: Pick<JoinPlan, 'dataset' | 'on'>): string {
  return `${dataset} by ${Object.keys(on)
    .map((name) => `"${name}"`)
    .join(' and ')}`;
}
