import * as z from 'zod';
import { Task } from '../../preload/contract/common.ts';

/**
 * Where a sweep looks for a parameter when nobody says otherwise. It stands beside the parameter in its schema:
 * `.meta({ title, description, sweep: { from: 0.01, to: 0.3, scale: 'log' } })`.
 */
export const SweepRange = z.union([
  /** A number between two ends, both included. `log`: each factor of ten as likely as the next. */
  z.strictObject({
    from: z.number(),
    to: z.number(),
    scale: z.enum(['linear', 'log']).default('linear'),
    /** Only for these kinds of target; all when absent. */
    tasks: z.array(Task).optional(),
  }),
  /** One of a few values. */
  z.strictObject({ values: z.array(z.json()).min(1), tasks: z.array(Task).optional() }),
  /** Not searched: how much work a trial may cost (trees, epochs). Halving begins at `from` and ends at `to`. */
  z.strictObject({ resource: z.literal(true), from: z.int().min(1), to: z.int().min(1) }),
]);
export type SweepRange = z.infer<typeof SweepRange>;

/** The ranges a family declares, by parameter, in the order of its schema. */
export function sweepRanges(params: z.ZodObject): ReadonlyMap<string, SweepRange> {
  const ranges = new Map<string, SweepRange>();
  for (const [key, field] of Object.entries(params.shape)) {
    const declared = (field as z.ZodType).meta()?.['sweep'];
    if (declared !== undefined) ranges.set(key, SweepRange.parse(declared));
  }
  return ranges;
}
