import * as z from 'zod';
import { Digest, Name } from './common.ts';
import { ColumnType } from './column-types.ts';
import { DatasetRef, Snapshot } from './datasets.ts';
import { defineMethod } from './method.ts';

export const privacyFailures = {
  'treatment-unfit': (d: { treat: string; column: string; type: string; reason: string }) =>
    `column "${d.column}" (${d.type}) can't be treated with ${d.treat}: ${d.reason}`,
  'treatment-leaves-nothing': (d: { columns: string[] }) =>
    `the steps drop every column (${d.columns.join(', ')}); at least one must stay`,
  'subject-unreadable': (d: { subject: string; known: string[] }) =>
    `"${d.subject}" does not name a dataset and its column; expected DATASET.COLUMN${d.known.length ? `, of the datasets ${d.known.join(', ')}` : ''}`,
  'erasure-not-confirmed': (d: { steps: number }) =>
    `the erasure takes ${d.steps} steps; look at them with --dry-run, and say --yes to carry them out`,
  'erasure-plan-changed': (d: { steps: number }) =>
    `the workspace changed after the plan was made (it has ${d.steps} steps now); look at the plan again. Nothing was erased`,
  'privacy-key-unusable': (d: { path: string; reason: string }) =>
    `the key "${d.path}" can't be used: ${d.reason}`,
};

const column = z.string().min(1).describe('name of the column');
const key = Name.default('default').describe("name of the user's key, made at the first use");

/** One treatment of one column. Steps for the same column follow one another. Missing values stay missing. */
export const TreatmentStep = z.discriminatedUnion('treat', [
  z.strictObject({ treat: z.literal('drop'), column }),
  z.strictObject({
    treat: z.literal('mask'),
    column,
    keep: z.int().min(0).max(4).default(0).describe('characters at the end that stay'),
  }),
  z.strictObject({
    treat: z.literal('pseudonym'),
    column,
    key,
    length: z.int().min(8).max(64).default(16).describe('hex digits of a pseudonym'),
  }),
  z.strictObject({
    treat: z.literal('generalise'),
    column,
    bands: z
      .union([z.number().positive(), z.array(z.number()).min(1).max(1000)])
      .optional()
      .describe('numbers to bands: their width, or where each begins'),
    prefix: z.int().min(0).max(64).optional().describe('characters at the beginning that stay'),
    date: z.enum(['month', 'year']).optional().describe('dates to their month or year'),
    step: z.number().positive().optional().describe('numbers down to multiples of it'),
  }),
  z.strictObject({
    treat: z.literal('noise'),
    column,
    epsilon: z.number().positive().max(1000).describe('privacy loss of one value; smaller hides more'),
    low: z.number().describe('values are cut to low and high before noise is added'),
    high: z.number(),
    seed: z.int().default(0),
    round: z.number().positive().default(0.001).describe('the result, to multiples of it'),
    key,
  }),
]);
export type TreatmentStep = z.infer<typeof TreatmentStep>;

/** How well a row hides among others. */
export const Anonymity = z.object({
  rows: z.int(),
  /** Groups of rows with equal quasi-identifiers; a missing value is a value of its own. */
  groups: z.int(),
  /** k: rows of the smallest group. */
  smallest: z.int(),
  /** Groups of one row. */
  unique: z.int(),
  below: z.object({ k: z.int(), groups: z.int(), rows: z.int(), share: z.number() }),
  /** Mean over the rows of 1 / rows of the group. */
  meanRisk: z.number(),
  diversity: z
    .object({
      sensitive: z.string(),
      /** l: fewest different values in a group. */
      distinct: z.int(),
      /** l: e to the least entropy of a group. */
      entropy: z.number(),
      /** t: largest earth mover's distance of a group from the table, 0 to 1. */
      closeness: z.number(),
      /** Between numbers, dates and moments as they are ordered; between other values all the same. */
      distance: z.enum(['ordered', 'equal']),
      /** Rows of groups with one sensitive value only: who knows the group knows the value. */
      alike: z.int(),
    })
    .nullable(),
  /** The 20 smallest groups, with at most five row numbers each, 1 for the first. Never a value. */
  risky: z.array(z.object({ size: z.int(), rows: z.array(z.int()) })),
});
export type Anonymity = z.infer<typeof Anonymity>;

/** Where a person's key is. The value itself is never in it. */
export const SubjectPlaces = z.object({
  dataset: z.string(),
  column: z.string(),
  /** HMAC-SHA-256 of the value under the user's key `default`: names the person in records without telling who it is. */
  subject: Digest,
  /** Versions with rows that hold it, those in the trash included. */
  snapshots: z.array(
    z.object({
      dataset: z.string(),
      version: z.int(),
      snapshot: Digest,
      trashed: z.boolean(),
      rows: z.int(),
      /** Rows that hold the value in a cell. */
      found: z.int(),
      /** Rows that an erasure takes. */
      goes: z.int(),
      /**
       * `mentions`: rows in whose text it stands among other words. `person`: the cells are the person's, because the column has that
       * name or holds text; a number in another column may mean something else.
       */
      columns: z.array(z.object({ name: z.string(), rows: z.int(), mentions: z.int(), person: z.boolean() })),
    }),
  ),
  /** Versions that a query or a treatment made of those, one after the other: the person's row may be in them without the value. */
  derived: z.array(
    z.object({
      dataset: z.string(),
      version: z.int(),
      how: z.enum(['query', 'treatment']),
      /** The person's rows; null where they are not known. */
      rows: z.int().nullable(),
      /** Whether `keep` names it. */
      kept: z.boolean(),
    }),
  ),
  /** Runs on those rows, or whose own objects hold the value. */
  runs: z.array(
    z.object({
      run: z.string(),
      dataset: z.string(),
      version: z.int(),
      /** Whether its split says on which side the person's rows were. */
      split: z.boolean(),
      /** The person's rows among its golden rows. */
      goldenRows: z.int(),
      /** Its objects in which the value stands: `pipeline`, `golden`, ... */
      parts: z.array(z.string()),
      /** Why its model can't outlast an erasure; null: it can, with a mark, where that is asked for. */
      goesBecause: z.string().nullable(),
    }),
  ),
  models: z.array(z.object({ model: z.string(), version: z.int(), run: z.string() })),
  bundles: z.array(
    z.object({
      digest: z.string(),
      model: z.string(),
      version: z.int(),
      direction: z.string(),
      withData: z.boolean(),
    }),
  ),
  /** Folders of bundles inside the workspace's folder, with such a model or with the value. */
  folders: z.array(z.string()),
  /** Other files of the user's inside the workspace's folder that hold the value. */
  files: z.array(z.string()),
  /** Objects other than columns in which the value stands: rejected rows, profiles, differences, what a run made. */
  objects: z.array(z.object({ digest: Digest, kind: z.string() })),
  /** Records of the database in whose text it stands: queries, notes, jobs, names of predicted files, the journal. */
  records: z.array(z.object({ table: z.string(), records: z.int() })),
  notes: z.array(z.string()),
});
export type SubjectPlaces = z.infer<typeof SubjectPlaces>;

export const ErasureStep = z.object({
  /**
   * `rewrite` without the person's rows, `remove` for good, `blank` the value in words, `train-again` without the rows because what was
   * made of them goes, `keep` a model with a mark, `recall` from whoever has it, `look` whether it is the same person: it stays.
   */
  action: z.enum(['rewrite', 'remove', 'blank', 'train-again', 'keep', 'recall', 'look']),
  what: z.string(),
  because: z.string(),
});
export type ErasureStep = z.infer<typeof ErasureStep>;

/** A snapshot that held a person's rows. Its id stays known, its content is gone. */
const ErasedSnapshot = z.object({
  from: Digest,
  /** What is left of it; null: nothing. */
  to: Digest.nullable(),
  /** Rows that went; null where they are not known, and all did. */
  rows: z.int().nullable(),
  /** As they are called: `patients@1`. */
  versions: z.array(z.string()),
});

/** What an erasure did. */
export const ErasureDone = z.object({
  id: z.string(),
  at: z.string(),
  snapshots: z.array(ErasedSnapshot),
  /** Runs and models that went. */
  runs: z.array(z.string()),
  models: z.array(z.string()),
  /** Runs whose model stays, marked as trained on rows of a person who was erased. */
  kept: z.array(z.string()),
  /** Objects removed. */
  objects: z.int(),
  /** Records in which words were blanked. */
  records: z.int(),
  /** Records of the journal in which words were blanked. */
  journal: z.int(),
  /** False when another process looks into the database: the next opening does the rest. */
  finished: z.boolean(),
  /** Every byte of every file in the workspace's folder was looked at afterwards; `found` names files that still hold the value. */
  scanned: z.object({ files: z.int(), bytes: z.number(), found: z.array(z.string()) }),
});
export type ErasureDone = z.infer<typeof ErasureDone>;

/** An erasure that was carried out. It names the person by a keyed hash alone. */
export const Erasure = z.object({
  id: z.string(),
  subject: Digest,
  /** DATASET.COLUMN that the person was found by. */
  key: z.string(),
  at: z.string(),
  by: z.string(),
  reason: z.string().nullable(),
  snapshots: z.array(ErasedSnapshot),
  runs: z.array(z.string()),
  models: z.array(z.string()),
  /** Digests of bundles to recall. */
  bundles: z.array(z.string()),
  /** Records of the journal in which words were blanked. */
  journal: z.int(),
  /** When the files and the database's free pages were gone as well; null until then. */
  finished: z.string().nullable(),
});
export type Erasure = z.infer<typeof Erasure>;

const Subject = {
  subject: z.string().min(3).describe('DATASET.COLUMN that tells one person from another'),
  value: z.string().trim().min(1).describe("the person's value in it"),
};

/** One column in which personal data was found. */
export const PersonalColumn = z.object({
  name: z.string(),
  type: ColumnType,
  /** The most likely kind, such as `email`; null where nothing was found. */
  kind: z.string().nullable(),
  /** As in "3 values are ...": `email address`. */
  title: z.string().nullable(),
  /** 0 to 1: the share of values that match and what a match and the column's name say of them. */
  confidence: z.number(),
  /** Values that match, and values that are not missing. */
  matches: z.int(),
  values: z.int(),
  /** At most three different ones, each masked: never a whole value. */
  examples: z.array(z.string()),
  /** Whether the column's name speaks for the kind. */
  named: z.boolean(),
  /** Other kinds that its values may be, the likeliest first. */
  others: z.array(z.object({ kind: z.string(), confidence: z.number(), matches: z.int() })),
});
export type PersonalColumn = z.infer<typeof PersonalColumn>;

export const privacy = {
  scan: defineMethod({
    doc: 'Looks for personal data in every column: email addresses, telephone numbers, bank accounts and payment cards, national ids of eight countries (with their check digits), IP addresses, names, postal addresses and codes, dates of birth, coordinates, free text. All values are looked at. Examples are masked; a whole value is never returned.',
    input: z.object({ dataset: DatasetRef }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      rows: z.int(),
      /** All columns, in their order. */
      columns: z.array(PersonalColumn),
      /** How many of them hold personal data. */
      personal: z.int(),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  treat: defineMethod({
    doc: "Treats columns of a dataset's version step by step: drop, mask, pseudonym (HMAC-SHA-256 under a key of the user's that never enters the workspace), generalise, noise (Laplace). The result is the next version of the same dataset, or of another; its record names the parent and the steps.",
    input: z.object({
      dataset: DatasetRef,
      steps: z
        .array(TreatmentStep)
        .min(1)
        .max(1000)
        .describe('the treatments in order, as JSON or a file of JSON or YAML'),
      name: Name.optional().describe('dataset to keep the result in; default: the next version of the same'),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      /** False when the latest version has the same content already. */
      added: z.boolean(),
      parent: z.object({ dataset: z.string(), version: z.int() }),
      snapshot: Snapshot,
      columns: z.array(z.object({ name: z.string(), treated: z.boolean(), dropped: z.boolean() })),
      /** Keys that were used; the fingerprint tells two keys apart. */
      keys: z.array(z.object({ name: z.string(), fingerprint: z.string() })),
    }),
    writes: true,
    job: true,
    cli: { args: ['dataset'] },
  }),
  anonymity: defineMethod({
    doc: 'How well a row hides among others: k-anonymity over the quasi-identifiers, and of a sensitive column l-diversity (distinct and entropy) and t-closeness. Tells row numbers, never values.',
    input: z.object({
      dataset: DatasetRef,
      quasi: z.array(z.string().min(1)).min(1).max(30).describe('a column that others may know of a person'),
      sensitive: z.string().min(1).optional().describe('the column that nobody should learn of a person'),
      k: z.int().min(2).max(10_000).default(5).describe('groups of fewer rows are at risk'),
      before: DatasetRef.optional().describe('the version before its treatment, to compare with'),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      quasi: z.array(z.string()),
      after: Anonymity,
      before: Anonymity.extend({ dataset: z.string(), version: z.int() }).nullable(),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  find: defineMethod({
    doc: 'Every place in the workspace that holds a value which names a person: versions (also in the trash), splits, runs, models, bundles, other objects and records. The value is neither returned nor recorded.',
    input: z.object(Subject),
    output: SubjectPlaces,
    job: true,
    cli: { args: ['subject', 'value'] },
  }),
  erase: defineMethod({
    doc: 'Erases a person: versions are written anew without their rows, under the same numbers; what was computed from them or trained on them goes; words in records and in the journal are blanked, and the journal still verifies. All in one step, or not at all. Plans only with dryRun. Bundles that have left and copies outside the workspace are out of its reach.',
    input: z.object({
      ...Subject,
      keep: z
        .array(z.string().min(3))
        .max(1000)
        .default([])
        .describe('NAME@N that was looked at and holds nothing of the person'),
      keepModels: z
        .boolean()
        .default(false)
        .describe(
          'keep models that learned from the rows, marked so wherever they are shown; golden rows of the person go, and a model that holds rows or words of theirs goes all the same',
        ),
      reason: z
        .string()
        .trim()
        .min(1)
        .max(500)
        .optional()
        .describe('why, for the record; do not name the person'),
      dryRun: z.boolean().default(false).describe('show what would go, and change nothing'),
      yes: z.boolean().default(false).describe('carry it out: what goes does not come back'),
      expect: Digest.optional().describe('refuse unless the plan is the one that was shown'),
    }),
    output: z.object({
      places: SubjectPlaces,
      steps: z.array(ErasureStep),
      /** Names the plan, for `expect`. */
      plan: Digest,
      /** Null when it was planned only. */
      erased: ErasureDone.nullable(),
    }),
    writes: true,
    job: true,
    cli: { args: ['subject', 'value'] },
  }),
  erasures: defineMethod({
    doc: 'Erasures that were carried out, newest first: when, by whom, which snapshots, runs and models. They name nobody.',
    input: z.object({}),
    output: z.object({ erasures: z.array(Erasure) }),
  }),
};
