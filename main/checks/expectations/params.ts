import * as z from 'zod';

export const Column = z.string().min(1).meta({ title: 'Column', description: 'the column it is about' });

export const Mostly = z
  .number()
  .min(0)
  .max(1)
  .default(1)
  .meta({ title: 'Mostly', description: 'share of the rows with a value that must pass' });

export const Bound = z.union([z.number(), z.string().min(1)]);
