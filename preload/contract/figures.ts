import * as z from 'zod';

export const Axis = z.object({ title: z.string(), unit: z.string().nullable() });

/** A picture as data: what the page draws and what `figures` holds. Bounded: never more than a few thousand points. */
export const Figure = z.object({
  id: z.enum([
    'learning-curve',
    'predicted-actual',
    'residuals',
    'residual-histogram',
    'roc',
    'precision-recall',
    'calibration',
    'confusion',
  ]),
  title: z.string(),
  split: z.enum(['train', 'validation', 'test']).nullable(),
  x: Axis,
  y: Axis,
  series: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['line', 'points', 'bars', 'heat']),
      x: z.array(z.union([z.number(), z.string()])),
      y: z.array(z.union([z.number(), z.string()])),
      /** heat: one row of values per y. */
      z: z.array(z.array(z.number())).optional(),
      /** Rows behind each point, where points are aggregates. */
      counts: z.array(z.int()).optional(),
    }),
  ),
  /** A sentence that reads the picture for you. */
  reading: z.string(),
});
export type Figure = z.infer<typeof Figure>;
