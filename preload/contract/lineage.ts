import * as z from 'zod';
import { Instant } from './common.ts';
import { defineMethod } from './method.ts';

export const lineageFailures = {
  'lineage-unknown': (d: { id: string }) =>
    `nothing here is called "${d.id}"; give a run, a dataset NAME[@N], a snapshot id, a model NAME[@N], or a bundle digest`,
  'journal-damaged': (d: { record: number; reason: string }) =>
    `journal record ${d.record} is damaged: ${d.reason}`,
};

export const NodeKind = z.enum([
  'source',
  'snapshot',
  'recipe',
  'split',
  'run',
  'model',
  'bundle',
  'verdict',
  'prediction',
  'remote',
]);

export const LineageNode = z.object({
  /** `kind:key`, unique in the graph. */
  id: z.string(),
  kind: NodeKind,
  label: z.string(),
  /** Facts for a panel: plain text or numbers. */
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  at: Instant.nullable(),
});
export type LineageNode = z.infer<typeof LineageNode>;

export const LineageEdge = z.object({ from: z.string(), to: z.string(), how: z.string() });
export type LineageEdge = z.infer<typeof LineageEdge>;

export const Verdict = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  outcome: z.string(),
  at: Instant,
  by: z.string(),
  evidence: z.record(z.string(), z.unknown()),
});
export type Verdict = z.infer<typeof Verdict>;

export const lineage = {
  show: defineMethod({
    doc: 'What an object came from and what came from it, as a graph. Without an id: the whole workspace.',
    input: z.object({
      id: z.string().optional().describe('run, dataset[@n], snapshot, model[@n] or bundle'),
    }),
    output: z.object({
      focus: z.string().nullable(),
      nodes: z.array(LineageNode),
      edges: z.array(LineageEdge),
    }),
    cli: { args: ['id'] },
  }),
  reproduce: defineMethod({
    doc: 'Trains a run again from what is recorded and records the verdict: identical bytes, within tolerance, or not reproduced because of what.',
    input: z.object({ run: z.string() }),
    output: z.object({
      run: z.string(),
      verdict: z.enum(['identical', 'within-tolerance', 'not-reproduced']),
      differences: z.array(
        z.object({
          what: z.string(),
          recorded: z.string(),
          now: z.string(),
          tolerance: z.string().nullable(),
        }),
      ),
      recorded: Verdict,
    }),
    writes: true,
    job: true,
    cli: { args: ['run'] },
  }),
  journal: defineMethod({
    doc: 'Records of the append-only journal, newest first. Each is chained by hash to the one before.',
    input: z.object({ before: z.int().optional(), limit: z.int().min(1).max(1000).default(100) }),
    output: z.object({
      records: z.array(
        z.object({
          seq: z.int(),
          at: Instant,
          by: z.string(),
          action: z.string(),
          subjects: z.array(z.string()),
          hash: z.string(),
        }),
      ),
    }),
  }),
};
