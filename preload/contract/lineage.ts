import * as z from 'zod';
import { Environment, Instant } from './common.ts';
import { defineMethod } from './method.ts';
import { RunMember } from './training.ts';

export const lineageFailures = {
  'lineage-unknown': (d: { id: string }) =>
    `nothing here is called "${d.id}"; give a run, a dataset NAME[@N], a snapshot id, a model NAME[@N], or a bundle digest`,
  'lineage-not-yet': (d: { id: string; until: string; first: string | null }) =>
    `"${d.id}" was not recorded yet at ${d.until}; ${d.first === null ? 'nothing was' : `it is there from ${d.first} on`}`,
  'audit-not-a-model': (d: { id: string; kind: string }) =>
    `an audit is of a model version or a run; "${d.id}" is a ${d.kind}`,
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
  /** Set where the node stands for a group that is not opened: how many objects of this kind are in it. */
  members: z.int().optional(),
  /** Set where the node belongs to a group that was opened: the group's id. */
  group: z.string().optional(),
});
export type LineageNode = z.infer<typeof LineageNode>;

export const LineageEdge = z.object({
  from: z.string(),
  to: z.string(),
  how: z.string(),
  /** Between groups: how many links the edge stands for. */
  count: z.int().optional(),
});
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

/** A moment of the past: a whole day counts to its end (UTC). */
export const Until = z
  .string()
  .regex(
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?Z)?$/,
    'expected a day such as 2026-03-03, or a moment such as 2026-03-03T14:30Z',
  )
  .refine((text) => !Number.isNaN(Date.parse(text)), 'there is no such day')
  .describe('as it was then: a day (2026-03-03, to its end, UTC) or a moment (2026-03-03T14:30Z)');

export const Grouping = z.enum(['none', 'auto', 'kind', 'dataset', 'model']);
export type Grouping = z.infer<typeof Grouping>;

const ThingRef = z
  .string()
  .min(1)
  .describe('run, dataset[@n], snapshot, model[@n], bundle or an id of the graph');

/** One link of a path; `sentence` is in English, made of `how` and the two ends. */
export const PathStep = LineageEdge.pick({ from: true, to: true, how: true }).extend({
  sentence: z.string(),
});
export type PathStep = z.infer<typeof PathStep>;

/** Name, value; and for values that are digests or long texts nothing shortened. */
const AuditFacts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/**
 * All there is to know of a model version or a run, from the records alone. `code` and `engine` are those of the run; what was not
 * recorded is null.
 */
export const Audit = z.object({
  /** `model:prices@1` or `run:run_...` */
  id: z.string(),
  title: z.string(),
  /** When this was put together, and by which Holdfast. */
  at: Instant,
  by: z.string(),
  holdfast: z.string(),
  workspace: z.object({ id: z.string(), name: z.string(), records: z.int(), head: z.string() }),
  model: AuditFacts.nullable(),
  run: AuditFacts,
  rows: z.object({
    dataset: z.string(),
    snapshot: z.string(),
    /** False: pulled without its data. */
    here: z.boolean(),
    rows: z.int().nullable(),
    /** Snapshots whose columns the recipe joined; `on` is the key, in words. */
    joined: z.array(
      z.object({
        dataset: z.string(),
        snapshot: z.string(),
        on: z.string(),
        columns: z.array(z.string()),
        here: z.boolean(),
      }),
    ),
    schema: z.array(z.object({ name: z.string(), type: z.string() })),
    source: z
      .object({ file: z.string(), size: z.number(), sha256: z.string(), rejected: z.int() })
      .nullable(),
    split: z
      .object({
        digest: z.string(),
        train: z.int(),
        validation: z.int(),
        test: z.int(),
        leftOut: z.int(),
        folds: z.int().nullable(),
      })
      .nullable(),
  }),
  steps: z.object({
    recipe: z.string(),
    yaml: z.string(),
    /** What each fitted step took. */
    fitted: z.array(z.object({ step: z.string(), columns: z.array(z.string()) })),
    features: z.int().nullable(),
    inputs: z.array(z.string()),
  }),
  code: z.string(),
  engine: z.object({ id: z.string(), version: z.string(), detail: z.string() }).nullable(),
  /** The machine it was made on; null where that was not recorded. */
  environment: Environment.nullable(),
  /** The runs whose models are combined in it. */
  members: z.array(RunMember),
  metrics: z.array(
    z.object({
      metric: z.string(),
      train: z.number().nullable(),
      validation: z.number().nullable(),
      test: z.number().nullable(),
    }),
  ),
  /** Looks at the same test rows before the test score, or so far where they are sealed. */
  test: z.object({ looks: z.int(), sealed: z.boolean() }),
  verdicts: z.array(Verdict),
  /** Who changed what of the model version, oldest first. */
  history: z.array(z.object({ at: Instant, by: z.string(), change: z.string() })),
  /** Bundles, transfers and predictions made of it. */
  left: z.array(z.object({ at: Instant, by: z.string(), what: z.string(), detail: z.string() })),
  objects: z.array(
    z.object({ part: z.string(), digest: z.string(), size: z.int().nullable(), here: z.boolean() }),
  ),
  /** Every record that wrote any of the above, oldest first, with what chains it. */
  journal: z.array(
    z.object({
      seq: z.int(),
      at: Instant,
      by: z.string(),
      action: z.string(),
      subjects: z.array(z.string()),
      previous: z.string(),
      hash: z.string(),
      /** The hash was computed again from the record and agrees. */
      sound: z.boolean(),
    }),
  ),
});
export type Audit = z.infer<typeof Audit>;

export const lineage = {
  show: defineMethod({
    doc: 'What an object came from and what came from it, as a graph. Without an id: the whole workspace.',
    input: z.object({
      id: z.string().optional().describe('run, dataset[@n], snapshot, model[@n] or bundle'),
      until: Until.optional(),
      group: Grouping.default('none').describe(
        'stand many objects of a kind together, by what they belong to; auto: by dataset from 80 objects on',
      ),
      open: z
        .array(z.string())
        .max(1000)
        .optional()
        .describe('id of a group to show 40 members of, the latest first; again for 40 more'),
      keep: z.array(z.string()).max(1000).optional().describe('id of an object that is never put in a group'),
    }),
    output: z.object({
      focus: z.string().nullable(),
      nodes: z.array(LineageNode),
      edges: z.array(LineageEdge),
      /** Before anything was put in groups. */
      total: z.object({ nodes: z.int(), edges: z.int() }),
      /** Moments at which something of the graph was recorded, as of now: at most 200, first and last among them. */
      moments: z.array(Instant),
    }),
    cli: { args: ['id'] },
  }),
  path: defineMethod({
    doc: 'Why two objects have to do with each other: the shortest way between them, with a sentence for every link.',
    input: z.object({ from: ThingRef, to: ThingRef, until: Until.optional() }),
    output: z.object({
      from: z.string(),
      to: z.string(),
      /** `led-to`: the first was there before the second and helped to make it; `came-from`: the other way; `related`: through a third. */
      relation: z.enum(['led-to', 'came-from', 'related', 'same', 'none']),
      steps: z.array(PathStep),
      nodes: z.array(LineageNode),
      /** Every object on any way from the one to the other, those of `nodes` among them. */
      between: z.array(z.string()),
    }),
    cli: { args: ['from', 'to'] },
  }),
  export: defineMethod({
    doc: 'Writes the lineage to a file that other tools read: OpenLineage RunEvents, one a line; the same bytes for the same records.',
    input: z.object({
      out: z.string().min(1).describe('file to write'),
      format: z.enum(['openlineage']).default('openlineage'),
      id: z.string().optional().describe('only what this came from and what came from it'),
    }),
    output: z.object({
      out: z.string(),
      format: z.string(),
      events: z.int(),
      size: z.int(),
      sha256: z.string(),
    }),
    cli: { args: ['out'] },
  }),
  audit: defineMethod({
    doc: 'All that is recorded of one model version or run: which rows, which steps, which code and engine, verdicts, and the journal records with their hashes.',
    input: z.object({
      id: ThingRef.describe('model[@n] or run'),
      out: z
        .string()
        .min(1)
        .optional()
        .describe('HTML file to write: one page, nothing outside it, for printing'),
      html: z.boolean().default(false).describe('give the page itself back too'),
    }),
    output: z.object({ audit: Audit, out: z.string().nullable(), html: z.string().nullable() }),
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
      /** Where metrics were not the same to the last bits: how far apart other seeds alone put them, and so what counts as the same. */
      tolerance: z.object({ seeds: z.array(z.int()), factor: z.number() }).nullable(),
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
