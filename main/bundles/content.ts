import * as z from 'zod';
import { Digest, Environment, Engine, Instant, Task } from '../../preload/contract/common.ts';
import { ColumnType } from '../../preload/contract/column-types.ts';
import { ImportOptions } from '../../preload/contract/import-options.ts';
import { VersionSource } from '../../preload/contract/datasets.ts';
import { RunMetrics } from '../../preload/contract/training.ts';

/** An object of the workspace whose bytes are in the bundle, at `path`. */
export const BundledObject = z.strictObject({
  digest: Digest,
  kind: z.string(),
  size: z.int().min(0),
  children: z.array(Digest),
  path: z.string(),
});
export type BundledObject = z.infer<typeof BundledObject>;

/** Objects of a run, by the columns of its record, and where their bytes lie in a bundle. */
export const runParts = {
  model: 'model.safetensors',
  pipeline: 'steps.json',
  split: 'data/split.bin',
  evaluation: 'records/evaluation.json',
  history: 'records/history.json',
  golden: 'records/golden.json',
} as const;
export type RunPart = keyof typeof runParts;
export const runPartNames: readonly RunPart[] = [
  'model',
  'pipeline',
  'split',
  'evaluation',
  'history',
  'golden',
];

/** Where the snapshot's manifest is, when the data is inside. */
export const snapshotPath = 'data/snapshot.json';

/** How a dataset version came in. */
const ImportFacts = z.strictObject({
  at: Instant,
  by: z.string(),
  source: VersionSource.nullable(),
  options: ImportOptions,
  rejected: z.int(),
  notes: z.array(z.string()),
});

/**
 * `lineage.json`: where the model came from, as recorded, and all that a second workspace needs to hold the same records.
 * Nothing in it changes between two exports of one version: no stages, no verdicts, no time of export.
 */
export const BundleRecord = z.strictObject({
  format: z.literal(1),
  model: z.strictObject({
    name: z.string(),
    version: z.int().min(1),
    created: Instant,
    by: z.string(),
    notes: z.string(),
  }),
  run: z.strictObject({
    id: z.string(),
    target: z.string(),
    task: Task,
    family: z.string(),
    recipe: Digest,
    seed: z.int(),
    code: z.string(),
    engine: Engine.nullable(),
    /** The machine it was made on; absent where that was not recorded. */
    environment: Environment.exactOptional(),
    created: Instant,
    finished: Instant.nullable(),
    duration: z.number().nullable(),
    by: z.string(),
    notes: z.array(z.string()),
    metrics: RunMetrics,
  }),
  recipe: z.strictObject({ body: z.record(z.string(), z.unknown()), created: Instant }),
  dataset: z.strictObject({
    name: z.string(),
    version: z.int().min(1),
    /** Null where it is not known any more. */
    imported: ImportFacts.nullable(),
  }),
  snapshot: z.strictObject({ id: Digest, rows: z.int(), columns: z.int() }),
  objects: z.array(BundledObject),
});
export type BundleRecord = z.infer<typeof BundleRecord>;

/** A raw column as the graph takes it: numbers, dates and yes/no as double (missing = NaN), text as string (missing = ''). */
export interface GraphInput {
  readonly name: string;
  readonly type: 'double' | 'string';
}

export interface GraphOutput {
  readonly name: string;
  readonly type: 'double' | 'string';
  /** The class whose probability it is. */
  readonly class?: string;
}

/** The model as an ONNX graph, raw columns in, predictions out. */
export interface BundleGraph {
  readonly bytes: Uint8Array;
  readonly inputs: readonly GraphInput[];
  readonly outputs: readonly GraphOutput[];
}

/**
 * `golden.json`: rows with the predictions that the native model makes of them, so that whoever opens the bundle can see
 * whether they get the same. Missing inputs are null; outputs are by the names of the graph.
 */
export const Golden = z.strictObject({
  format: z.literal(1),
  tolerance: z.number().positive(),
  rows: z
    .array(
      z.strictObject({
        /** Row of the snapshot, from 1. */
        row: z.int().min(1),
        inputs: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
        outputs: z.record(z.string(), z.union([z.number(), z.string()])),
      }),
    )
    .min(1),
});
export type Golden = z.infer<typeof Golden>;

/** `data-manifest.json`: exactly which rows trained, validated and tested, in words that hold without Holdfast. */
export interface DataManifest {
  readonly snapshot: { readonly id: string; readonly rows: number };
  readonly columns: readonly {
    readonly name: string;
    readonly type: z.infer<typeof ColumnType>;
    readonly nulls: number;
    readonly root: string;
    readonly blocks: readonly {
      readonly hash: string;
      readonly rows: number;
      readonly nulls: number;
      /** Where the values are, when the data is inside. */
      readonly file: string | null;
    }[];
  }[];
  readonly split: {
    readonly method: string;
    /** The column it went by, and the gap, where there are such. */
    readonly by?: string;
    readonly gap?: number;
    /** How many folds the training rows judged each other in. */
    readonly folds?: number;
    readonly seed: number;
    readonly shares: { readonly train: number; readonly validation: number; readonly test: number };
    readonly rows: {
      readonly train: number;
      readonly validation: number;
      readonly test: number;
      readonly leftOut: number;
    };
    readonly sha256: string;
    readonly file: string;
  };
}

/** Bytes of one file, read when they are wanted. */
export interface BundleFile {
  readonly path: string;
  bytes(): Uint8Array | Promise<Uint8Array>;
}

/** All that a bundle is written from. Writing is a pure function of it. */
export interface BundleContent {
  readonly record: BundleRecord;
  readonly recipeYaml: string;
  readonly graph: BundleGraph;
  readonly golden: Golden;
  readonly data: DataManifest;
  /** Files that are objects of the workspace, byte for byte: the native model, fitted steps, split, data. */
  readonly objects: readonly BundleFile[];
}

/** A file made from text or bytes that are there already. */
export function bundleFile(path: string, content: string | Uint8Array): BundleFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { path, bytes: () => bytes };
}

/** JSON as files are written: two spaces, a newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
