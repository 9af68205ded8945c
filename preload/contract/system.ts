import * as z from 'zod';
import { defineMethod } from './method.ts';

export const systemFailures = {
  'engine-missing': (d: { engine: string; how: string }) =>
    `the ${d.engine} engine is not installed; ${d.how}`,
};

export const EngineReport = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string().nullable(),
  state: z.enum(['ready', 'missing']),
  /** What it is used for. */
  purpose: z.string(),
  /** Threads, CPU features, where it was found (relative to the user's cache). */
  detail: z.string(),
  /** How to get it, when missing. */
  how: z.string().nullable(),
});
export type EngineReport = z.infer<typeof EngineReport>;

export const system = {
  doctor: defineMethod({
    doc: 'Which engines, versions and backends are in use, and how to get a missing one.',
    input: z.object({}),
    output: z.object({
      holdfast: z.string(),
      node: z.string(),
      platform: z.string(),
      cpu: z.string(),
      memory: z.number(),
      engines: z.array(EngineReport),
      /** The engine networks are trained with. */
      training: z.string(),
      workspace: z.string().nullable(),
      offline: z.string(),
    }),
    anywhere: true,
  }),
  samples: defineMethod({
    doc: 'Sample tables that ship with Holdfast: where they come from and a recipe that works.',
    input: z.object({}),
    output: z.object({
      samples: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          doc: z.string(),
          path: z.string(),
          rows: z.int(),
          columns: z.int(),
          recipe: z.string(),
          source: z.string(),
        }),
      ),
    }),
    anywhere: true,
  }),
};
