import type * as z from 'zod';
import type { Engine, Task } from '../../preload/contract/common.ts';
import type { Design, FamilyTakes, Target } from '../recipes/index.ts';
import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { Calibration } from './calibration/index.ts';
import type { Conformal } from './conformal.ts';

/** A matrix or vector of a model. `data` is row-major, length = product of `shape`. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array | Int32Array;
}

/**
 * A trained model as plain data: what is stored, hashed, bundled and predicted with. `spec` is JSON and names what the
 * tensors are; nothing in it can run.
 */
export interface ModelArtifact {
  readonly family: string;
  readonly version: number;
  readonly task: Task;
  /** Empty for regression; else class labels in the order of the probability columns. */
  readonly classes: readonly string[];
  readonly features: readonly string[];
  readonly spec: Readonly<Record<string, unknown>>;
  readonly tensors: Readonly<Record<string, Tensor>>;
  /** Maps behind the family's probabilities, where the recipe asks for them. */
  readonly calibration?: Calibration;
  /** How far off it was, for intervals, where the recipe asks for them. */
  readonly conformal?: Conformal;
}

export interface Labelled {
  readonly design: Design;
  readonly target: Target;
  /** How much each row counts, finite and at least 0; absent when all count the same. Only for families that take weights. */
  readonly weights?: Float64Array;
}

export interface TrainingData {
  readonly train: Labelled;
  /** For early stopping only; never fitted on. May have 0 rows. */
  readonly validation: Labelled;
}

/** One epoch or iteration, for the learning curve. */
export type HistoryPoint = { readonly step: number } & Readonly<Record<string, number>>;

export interface FitContext {
  readonly seed: number;
  readonly signal: AbortSignal;
  /** fraction 0..1; `point` is drawn live on the learning curve. */
  readonly progress: (fraction: number, message: string, point?: HistoryPoint) => void;
}

export interface Fitted {
  readonly artifact: ModelArtifact;
  readonly engine: Engine;
  readonly history: readonly HistoryPoint[];
  /** Sentences a user must know (`stopped early at epoch 12`, `the classes are perfectly separable`). */
  readonly notes: readonly string[];
}

/** A table a person can read: coefficients, tree rules, ... Numbers stay numbers. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
  readonly notes: readonly string[];
}

/**
 * A kind of model. One folder `families/<id>/`, listed in families/index.ts, held by the conformance battery.
 * Regression predictions are `rows` values; classification predictions are `rows x classes` probabilities, row-major.
 *
 * Contracts the battery checks: same data and seed, same bytes; the input is not changed; a row's prediction does not
 * depend on its neighbours; `predict` works without any native engine; aborts within a second.
 */
export interface Family<Params extends z.ZodObject = z.ZodObject> {
  readonly id: string;
  /** Raised when the meaning of `spec` or `tensors` changes; old artifacts stay readable. */
  readonly version: number;
  readonly title: string;
  /** One or two sentences: what it is good for, and whether a person can read it. */
  readonly doc: string;
  readonly readable: boolean;
  readonly tasks: readonly Task[];
  /** At most so many classes; a target of more is refused before training (`family-classes`). Absent: any number. */
  readonly mostClasses?: number;
  /** Its model holds rows of the training data, not only what was learned from them: it can't outlast a person's erasure. */
  readonly keepsRows?: true;
  /** What its design must be like; the default steps of a recipe follow it. */
  readonly takes: FamilyTakes;
  /** Every key has a default, a title and a description (`.meta({title, description})`): forms and flags come from it. */
  readonly params: Params;
  /** Throws `engine-missing` where this machine lacks what `fit` needs; asked before a run is begun. `predict` needs nothing. */
  readonly ready?: () => Promise<void>;
  /** Of models whose curves are set by hand (`edits`): throws what is wrong with the last edit, before anything is trained again. */
  checkEdit?(artifact: ModelArtifact, params: z.infer<Params>): void;
  fit(data: TrainingData, params: z.infer<Params>, context: FitContext): Promise<Fitted>;
  predict(artifact: ModelArtifact, design: Design): Float64Array;
  /**
   * Adds the model to an ONNX graph. `features` holds one double [N, 1] value per dense column and one int64 [N, 1]
   * code value per block of one-hot features or codes, in block order. Returns one [N, 1] double value for regression, else one [N, 1] double value per class.
   */
  onnx(artifact: ModelArtifact, graph: OnnxGraph, features: readonly OnnxFeature[]): readonly OnnxValue[];
  report(artifact: ModelArtifact): readonly ReportTable[];
}

export type OnnxFeature =
  | { readonly kind: 'dense'; readonly name: string; readonly value: OnnxValue }
  | {
      readonly kind: 'one-hot' | 'codes';
      readonly name: string;
      readonly levels: readonly string[];
      /** int64 [N,1]; -1 = all zeros, or missing where the codes are one feature */ readonly codes: OnnxValue;
    };

/** What a stored model can do, without being trained. */
export type ModelKind = Pick<Family, 'id' | 'predict' | 'onnx' | 'report'>;

export function defineFamily<Params extends z.ZodObject>(family: Family<Params>): Family<Params> {
  return family;
}
