import type * as z from 'zod';
import type { Family, Fitted, Labelled } from '../family.ts';

/** Fits a family as a run would, on training rows alone unless validation rows are given. For tests. */
export function fitFamily(
  family: Family,
  train: Labelled,
  params: Readonly<Record<string, unknown>> = {},
  options: { seed?: number; signal?: AbortSignal; validation?: Labelled } = {},
): Promise<Fitted> {
  const parsed: z.infer<z.ZodObject> = family.params.parse(params);
  return family.fit({ train, validation: options.validation ?? train }, parsed, {
    seed: options.seed ?? 1,
    signal: options.signal ?? new AbortController().signal,
    progress: () => undefined,
  });
}
