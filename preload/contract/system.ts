import * as z from 'zod';
import { defineMethod } from './method.ts';

export const systemFailures = {
  'engine-missing': (d: { engine: string; how: string }) =>
    `the ${d.engine} engine is not installed; ${d.how}`,
  'engine-failed': (d: { engine: string; reason: string }) => `${d.engine} stopped with: ${d.reason}`,
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

/** Most characters of JSON under one key. */
const keptLimit = 512_000;

export const KeptKey = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, 'expected 1 to 100 of a-z 0-9 . _ - and a letter or digit first');

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
  kept: defineMethod({
    doc: "What the page keeps for its user between starts (settings, open tabs, drafts), by key. It lies in the user's own folder, never in a workspace.",
    input: z.object({}),
    output: z.object({ entries: z.record(z.string(), z.json()) }),
    anywhere: true,
  }),
  keep: defineMethod({
    doc: 'Keeps one value of the page under a key, whole or not at all; null forgets it. At most 512,000 characters of JSON.',
    input: z.object({
      key: KeptKey.describe('such as settings, tabs.ws_1'),
      value: z
        .json()
        .refine(
          (value) => JSON.stringify(value).length <= keptLimit,
          `expected at most ${keptLimit.toLocaleString('en-US')} characters of JSON`,
        ),
    }),
    output: z.object({}),
    anywhere: true,
    cli: { args: ['key'] },
  }),
};
