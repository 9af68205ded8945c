import * as z from 'zod';
import { Instant } from './common.ts';
import { ColumnType } from './column-types.ts';
import { DatasetRef, exportFormats, Field } from './datasets.ts';
import { defineMethod } from './method.ts';
import { Severity, SuiteVerdict } from './severity.ts';

export { Severity, SuiteVerdict };

export const checkFailures = {
  'rule-unreadable': (d: { rule: string; where: string; reason: string }) =>
    `${d.where}: "${d.rule}" cannot be used: ${d.reason}; expected COLUMN, COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER`,
  'rule-value-unknown': (d: { column: string; value: string; known: string[]; more: number }) =>
    `column "${d.column}" never holds "${d.value}"; it holds ${d.known.join(', ')}${d.more > 0 ? ` and ${d.more} more` : ''}`,
  'suite-unreadable': (d: { where: string; problems: { path: string; message: string }[] }) =>
    `${d.where} is no suite of checks: ${d.problems.map((p) => (p.path ? `${p.path}: ${p.message}` : p.message)).join('; ')}`,
  'suite-missing': (d: { dataset: string }) =>
    `dataset "${d.dataset}" has no suite of checks; \`holdfast checks suggest ${d.dataset}\` makes a first one from its data`,
  'anomalies-nothing': (d: { rows: number; columns: number }) =>
    `there is nothing to tell rows apart by: of ${d.columns} columns none is left that differs from row to row, over ${d.rows} rows; at least 2 rows and one such column are needed`,
  'check-column-kind': (d: { check: string; column: string; found: string; wanted: string }) =>
    `${d.check}: column "${d.column}" holds ${d.found}; the check is for ${d.wanted}`,
  'check-bound-unreadable': (d: { check: string; column: string; type: string; bound: string }) =>
    `${d.check}: "${d.bound}" is no bound for column "${d.column}" of type ${d.type}; expected ${d.type === 'date' ? 'a date such as 2026-03-01' : d.type.startsWith('timestamp') ? 'a moment such as 2026-03-01T12:00:00' : 'a number'}`,
  'check-pattern-unreadable': (d: { column: string; pattern: string; reason: string }) =>
    `regex: "${d.pattern}" for column "${d.column}" is no regular expression: ${d.reason}`,
  'check-not-found': (d: { dataset: string; rule: string; known: string[] }) =>
    `the suite of "${d.dataset}" has no check "${d.rule}"; say its number or its kind and column: ${d.known.join('; ')}`,
  'check-ambiguous': (d: { dataset: string; rule: string; known: string[] }) =>
    `"${d.rule}" is several checks of the suite of "${d.dataset}"; say which by its number: ${d.known.join('; ')}`,
  'check-of-table': (d: { check: string; says: string }) =>
    `${d.check}: "${d.says}" is about the table as a whole, so no row of it fails; \`holdfast checks run\` says what was found`,
  'suite-version-not-found': (d: { dataset: string; suite: number; latest: number }) =>
    `dataset "${d.dataset}" has no suite ${d.suite}; its latest is ${d.latest}`,
  'check-not-blocked': (d: { dataset: string; version: number; verdict: string | null }) =>
    d.verdict === null
      ? `${d.dataset}@${d.version} was not checked yet, so there is nothing to override; run its checks first`
      : `${d.dataset}@${d.version} is not blocked (its checks say: ${d.verdict}); there is nothing to override`,
  'snapshot-blocked': (d: { dataset: string; version: number; failed: string[] }) =>
    `${d.dataset}@${d.version} is blocked by its checks: ${d.failed.join('; ')}. Mend the data, or record why it is used all the same: \`holdfast checks override ${d.dataset}@${d.version} --why TEXT\``,
  'tables-share-nothing': (d: { reference: string[]; other: string[] }) =>
    `the tables have no column of one name and type to compare; one has ${d.reference.join(', ')}, the other ${d.other.join(', ')}`,
  'attribute-too-many-values': (d: { column: string; values: number; limit: number }) =>
    `column "${d.column}" has ${d.values} different values, too many to compare each (at most ${d.limit}); name some, as ${d.column}=A,B, or a threshold, as ${d.column}>NUMBER`,
};

export const BiasMeasureId = z.enum(['CI', 'DPL', 'KL', 'JS', 'LP', 'TVD', 'KS', 'CDDL']);
export type BiasMeasureId = z.infer<typeof BiasMeasureId>;

const BiasValue = z.object({
  measure: BiasMeasureId,
  /** Null where the measure has no value on these rows; `because` says why. */
  value: z.number().nullable(),
  /** Bootstrap percentile interval; null where there is none. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** What the value says, in words. */
  sentence: z.string(),
  because: z.string().nullable(),
});
export type BiasValue = z.infer<typeof BiasValue>;

export const BiasGroup = z.object({
  /** The group in words: `Age > 40`, `Marital = single`, `Age > 40 and Marital = single`. */
  group: z.string(),
  columns: z.array(z.string()),
  /** Rows of the group, and how many of them have a positive label. */
  rows: z.int(),
  positives: z.int(),
  /** The same for all other rows. */
  otherRows: z.int(),
  otherPositives: z.int(),
  measures: z.array(BiasValue),
});
export type BiasGroup = z.infer<typeof BiasGroup>;

/** `pre_training_bias_metrics` of SageMaker Clarify's analysis.json. */
const ClarifyAnalysis = z.object({
  version: z.string(),
  pre_training_bias_metrics: z.object({
    label: z.string(),
    label_value_or_threshold: z.string(),
    facets: z.record(
      z.string(),
      z.array(
        z.object({
          value_or_threshold: z.string(),
          metrics: z.array(
            z.object({
              name: z.string(),
              description: z.string(),
              value: z.number().nullable(),
              error: z.string().optional(),
            }),
          ),
        }),
      ),
    ),
  }),
});
export type ClarifyAnalysis = z.infer<typeof ClarifyAnalysis>;

export const CompareVerdict = z.enum(['alike', 'shifted', 'too-few']);
export type CompareVerdict = z.infer<typeof CompareVerdict>;

export const ComparedColumn = z.object({
  name: z.string(),
  type: ColumnType,
  verdict: CompareVerdict,
  /** What was found, in words. */
  sentence: z.string(),
  /**
   * A standardised difference with its 95 % interval: `d`, means apart in standard deviations (Hedges' g), for numbers, dates
   * and moments; `v`, Cramér's V, for text and bool. Null when nothing varies.
   */
  effect: z
    .object({ kind: z.enum(['d', 'v']), value: z.number(), low: z.number(), high: z.number() })
    .nullable(),
  test: z
    .object({
      name: z.enum(['kolmogorov-smirnov', 'chi-square']),
      statistic: z.number(),
      p: z.number(),
    })
    .nullable(),
  /** The column's p-value, of its values and of its missing ones, corrected for the number of columns by Holm's method. */
  adjusted: z.number(),
  /** Population stability index over ten parts of the reference, or over levels. */
  psi: z.number().nullable(),
  /** Jensen-Shannon distance over the same parts, base 2. */
  js: z.number().nullable(),
  /** Shares of rows. */
  missing: z.object({ reference: z.number(), other: z.number() }),
});
export type ComparedColumn = z.infer<typeof ComparedColumn>;

const ComparedTable = z.object({ dataset: z.string(), version: z.int(), rows: z.int() });

/** One check of a suite: its kind, how grave a failure is, and beside them the kind's own parameters. */
export const SuiteCheck = z.looseObject({ check: z.string(), severity: Severity });
export type SuiteCheck = z.infer<typeof SuiteCheck>;

export const CheckResult = z.object({
  check: z.string(),
  severity: Severity,
  /** What was expected, in words. */
  says: z.string(),
  passed: z.boolean(),
  /** What is true of the data, or why it could not be looked at. */
  observed: z.string(),
  /** Rows that fail; 0 where it is about the table as a whole. */
  failing: z.int(),
  /** Row numbers, 1 for the first; at most 100. */
  rows: z.array(z.int()),
});
export type CheckResult = z.infer<typeof CheckResult>;

const SuiteInput = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .describe('suite of checks (the command line reads it from a YAML file)');

const SavedSuite = z.object({
  dataset: z.string(),
  /** Of the suite; each saving of something else makes a new one. */
  version: z.int(),
  yaml: z.string(),
  checks: z.array(SuiteCheck),
  created: Instant,
  by: z.string(),
});

const Override = z.object({ at: Instant, by: z.string(), why: z.string() });

const CheckedVersion = z.object({
  dataset: z.string(),
  version: z.int(),
  verdict: SuiteVerdict,
  results: z.array(CheckResult),
});

/** A row that is unlike the others. */
export const AnomalousRow = z.object({
  /** 1 for the first. */
  row: z.int(),
  /** Above 0, at most 1; 0.5 where rows are like each other. */
  score: z.number(),
  /** The columns that matter most, and by how much the score would fall were that column alone as usual. */
  because: z.array(z.object({ column: z.string(), value: z.string().nullable(), drop: z.number() })),
});
export type AnomalousRow = z.infer<typeof AnomalousRow>;

export const checks = {
  kinds: defineMethod({
    doc: 'The kinds of check, with their parameters as JSON Schema.',
    input: z.object({}),
    output: z.object({
      kinds: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          doc: z.string(),
          params: z.record(z.string(), z.unknown()),
        }),
      ),
    }),
    anywhere: true,
  }),
  suggest: defineMethod({
    doc: 'A first suite of checks for a dataset, from what its data is like: types, gaps, ranges, sets, uniqueness. Nothing is saved.',
    input: z.object({ dataset: DatasetRef }),
    output: z.object({ yaml: z.string(), checks: z.array(SuiteCheck) }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  save: defineMethod({
    doc: "Makes a suite the dataset's own: it is run on each import from now on. The suites before are kept.",
    input: z.object({ dataset: z.string().min(1).describe('NAME'), suite: SuiteInput }),
    output: z.object({ suite: SavedSuite, added: z.boolean() }),
    writes: true,
    cli: { args: ['dataset', 'suite'] },
  }),
  suite: defineMethod({
    doc: "The dataset's suite of checks.",
    input: z.object({ dataset: z.string().min(1).describe('NAME') }),
    output: z.object({ suite: SavedSuite, versions: z.int() }),
    cli: { args: ['dataset'] },
  }),
  run: defineMethod({
    doc: "Runs the dataset's suite on a version and records the verdict; with --suite another one, which is recorded as such and blocks nothing.",
    input: z.object({ dataset: DatasetRef, suite: SuiteInput.optional() }),
    output: CheckedVersion,
    writes: true,
    job: true,
    cli: { args: ['dataset'] },
  }),
  results: defineMethod({
    doc: "What the dataset's suite said last of a version, when, and whether a block was overridden.",
    input: z.object({ dataset: DatasetRef }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      checked: CheckedVersion.extend({ at: Instant, by: z.string(), suite: z.int() }).nullable(),
      override: Override.nullable(),
    }),
    cli: { args: ['dataset'] },
  }),
  failing: defineMethod({
    doc: 'Every row that fails one check of the suite, a window at a time, each with its place in the version; with --out all of them go to a file (CSV, Parquet, Arrow), whose first column is the row. Of a check that is SQL: the rows it returns.',
    input: z.object({
      dataset: DatasetRef,
      rule: z
        .string()
        .trim()
        .min(1)
        .describe('which check: its number in the suite, or its kind, and column: 3, range, "range price"'),
      suite: SuiteInput.optional(),
      of: z.int().min(1).optional().describe('number of the saved suite; default: the latest'),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(10_000).default(20),
      columns: z.array(z.string()).optional(),
      out: z.string().min(1).optional().describe('file for all of them: .csv, .parquet or .arrow'),
      format: z.enum(exportFormats).optional().describe('default: by the name of the file'),
      spreadsheet: z
        .boolean()
        .default(false)
        .describe("CSV only: a ' before texts that a spreadsheet would run as formulas"),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      check: z.object({
        /** In the suite, 1 for the first. */
        number: z.int(),
        check: z.string(),
        severity: Severity,
        says: z.string(),
      }),
      /** All that fail. */
      rows: z.int(),
      offset: z.int(),
      limit: z.int(),
      /** Rows of the version. */
      of: z.int(),
      /** Each row's place in the version, from 1; absent for SQL, which makes rows of its own. */
      numbers: z.array(z.int()).optional(),
      /** What there is to see; the table has those that were asked for. */
      fields: z.array(Field),
      file: z
        .object({
          name: z.string(),
          format: z.enum(exportFormats),
          rows: z.int(),
          size: z.number(),
          sha256: z.string(),
        })
        .nullable(),
      notes: z.array(z.string()),
    }),
    table: true,
    cli: { args: ['dataset', 'rule'] },
  }),
  override: defineMethod({
    doc: 'Lets a blocked version be trained on all the same; who and why are recorded for good. The next run of the checks ends it.',
    input: z.object({
      dataset: DatasetRef,
      why: z.string().trim().min(5).describe('why it is used all the same'),
    }),
    output: z.object({ dataset: z.string(), version: z.int(), override: Override }),
    writes: true,
    cli: { args: ['dataset'] },
  }),
  read: defineMethod({
    doc: "Reads another tool's checks as a suite: a Great Expectations 1.x suite, or SageMaker Model Monitor's constraints.json. What has no counterpart is named in the notes. Nothing is saved.",
    input: z.object({ path: z.string().min(1).describe('the file') }),
    output: z.object({
      from: z.enum(['great-expectations', 'model-monitor']),
      yaml: z.string(),
      checks: z.array(SuiteCheck),
      notes: z.array(z.string()),
    }),
    anywhere: true,
    cli: { args: ['path'] },
  }),
  monitor: defineMethod({
    doc: "Writes a version's constraints.json and statistics.json in the shape of SageMaker Model Monitor.",
    input: z.object({ dataset: DatasetRef, dir: z.string().min(1).describe('folder for the two files') }),
    output: z.object({ files: z.array(z.string()) }),
    job: true,
    cli: { args: ['dataset', 'dir'] },
  }),
  bias: defineMethod({
    doc: 'Bias in the data before any training: how a protected group and all other rows differ in number and in labels, by the eight measures of SageMaker Clarify, with bootstrap intervals and a sentence each. A missing label counts as not positive and a missing attribute as not in the group, as Clarify does; both are counted in the notes.',
    input: z.object({
      dataset: DatasetRef,
      label: z
        .string()
        .min(1)
        .describe('the label and what of it is positive: COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER'),
      facet: z
        .array(z.string().min(1))
        .min(1)
        .max(6)
        .describe(
          'a protected attribute: COLUMN (each value against all others), COLUMN=VALUE[,VALUE ...] or COLUMN>NUMBER',
        ),
      group: z
        .string()
        .optional()
        .describe('column that CDDL is conditional on; without it CDDL has no value'),
      resamples: z.int().min(0).max(100_000).default(1000).describe('of the bootstrap; 0: no intervals'),
      level: z.number().min(0.5).max(0.999).default(0.95).describe('of the intervals'),
      seed: z.int().default(0),
      out: z.string().optional().describe("file for the result in the shape of Clarify's analysis.json"),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      rows: z.int(),
      /** The positive label in words, and how many rows have it. */
      label: z.string(),
      positives: z.int(),
      groups: z.array(BiasGroup),
      /** Groups of two attributes at once, each against all other rows; only those with rows. */
      intersections: z.array(BiasGroup),
      analysis: ClarifyAnalysis,
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  compare: defineMethod({
    doc: "Whether another table is like the one a model was trained on: per column effect size, test, PSI and Jensen-Shannon distance with a verdict that minds how many rows there are; how well a classifier tells the two tables apart; and the parts of the other table that the reference has no row of. 'shifted' is said only of a difference that is both no accident (Holm-corrected p below 0.01) and large enough to matter.",
    input: z.object({
      reference: DatasetRef.describe('the table trained on: NAME or NAME@VERSION'),
      other: DatasetRef.describe('the table to compare with it: NAME or NAME@VERSION'),
      exclude: z.array(z.string()).default([]).describe('columns to leave out, such as an id or the target'),
      seed: z.int().default(0).describe('of the classifier'),
    }),
    output: z.object({
      reference: ComparedTable,
      other: ComparedTable,
      /** `shifted` when any column is, `too-few` when rows are too few to tell, else `alike`. */
      verdict: CompareVerdict,
      sentence: z.string(),
      /** In the order of the reference. */
      columns: z.array(ComparedColumn),
      onlyInReference: z.array(z.string()),
      onlyInOther: z.array(z.string()),
      /** Columns whose types differ. */
      retyped: z.array(z.object({ name: z.string(), reference: ColumnType, other: ColumnType })),
      /** Null with fewer than ten rows in either table. */
      classifier: z.object({ auc: z.number(), low: z.number(), high: z.number(), rows: z.int() }).nullable(),
      /** Rows of the other table in any part that the reference has no row of. */
      unlike: z.object({
        rows: z.int(),
        share: z.number(),
        /** At most 50, the largest first. */
        segments: z.array(
          z.object({
            segment: z.string(),
            rows: z.int(),
            referenceRows: z.int(),
            /** Row numbers of the other table, 1 for the first; at most five. */
            examples: z.array(z.int()),
          }),
        ),
      }),
      notes: z.array(z.string()),
    }),
    job: true,
    cli: { args: ['reference', 'other'] },
  }),
  anomalies: defineMethod({
    doc: 'The rows least like the others, by an isolation forest over all columns at once, each with the columns that make it so. Texts count by how many rows have the same one. Nothing is saved: it is a look at the data, not a model, so there is nothing to export.',
    input: z.object({
      dataset: DatasetRef,
      exclude: z.array(z.string()).default([]).describe('columns to leave out, such as an id'),
      trees: z.int().min(1).max(10_000).default(200).describe('more give steadier scores'),
      sample: z.int().min(2).max(100_000).default(256).describe('rows that each tree is grown on'),
      seed: z.int().default(0),
      limit: z.int().min(1).max(1000).default(20).describe('rows to show'),
    }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      rows: z.int(),
      /** The columns it looked at, and those it did not. */
      columns: z.array(z.string()),
      leftOut: z.array(z.object({ column: z.string(), why: z.string() })),
      /** Of the scores of all rows: the median, what the highest hundredth is above, and their distribution. */
      median: z.number(),
      highest1: z.number(),
      bins: z.array(z.object({ from: z.number(), to: z.number(), rows: z.int() })),
      /** The highest scores first. */
      anomalies: z.array(AnomalousRow),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
  measures: defineMethod({
    doc: 'The measures of bias before training: what each says, its formula, its range, and its value for six rows that can be followed by hand.',
    input: z.object({}),
    output: z.object({
      /** The six rows of the worked example. */
      example: z.array(z.object({ group: z.string(), member: z.boolean(), positive: z.boolean() })),
      measures: z.array(
        z.object({
          id: BiasMeasureId,
          title: z.string(),
          doc: z.string(),
          formula: z.string(),
          range: z.string(),
          /** The arithmetic on the six rows, and the value. */
          working: z.string(),
          value: z.number(),
        }),
      ),
    }),
    anywhere: true,
  }),
};
