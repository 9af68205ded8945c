import type * as z from 'zod';
import type { OnnxGraph, OnnxValue } from '../platform/onnx/index.ts';
import type { WorkColumn } from './columns.ts';
import type { Target } from './design.ts';

/**
 * One kind of step in a recipe. One folder `steps/<id>/`, listed in steps/index.ts, held by the conformance battery.
 *
 * A step learns its `state` from training rows (`fit`), then treats any rows alike (`apply`). The state is plain JSON: it is
 * stored, hashed and bundled. `apply` needs nothing but the state, and a row's result never depends on its neighbours.
 *
 * @example
 * export const clip = defineStep({
 *   id: 'clip', version: 1, title: 'Clip', doc: 'Cuts numbers at the smallest and largest seen in training.',
 *   selects: 'numbers', params: z.object({}), state: z.array(z.object({ low: z.number(), high: z.number() })),
 *   fit: (columns) => columns.map(range), apply: ..., onnx: ...,
 * });
 */
export interface Step<Params extends z.ZodObject = z.ZodObject, State = unknown> {
  readonly id: string;
  /** Raised when the meaning of the state changes; old states stay readable. */
  readonly version: number;
  readonly title: string;
  readonly doc: string;
  /** Which columns it takes when the recipe does not say; `null`: the recipe must say. */
  readonly selects: 'numbers' | 'categories' | 'all' | null;
  /** The columns it takes, where its parameters say which; a recipe names none then. */
  reads?(params: z.infer<Params>, place: StepPlace): readonly string[];
  /**
   * Every key has a title and a description, and a default where there is a sensible one: forms and flags come from it. `columns` is not
   * among them.
   */
  readonly params: Params;
  /** Checks a state that comes from a file. */
  readonly state: z.ZodType<State>;
  /** `columns` are the selected ones, with training rows only. Must not change them. */
  fit(columns: readonly WorkColumn[], params: z.infer<Params>, place: FitPlace): State;
  /**
   * What the training rows become, for a step that learns from the target: each row by what the other rows say, so that no row
   * knows its own answer. Left out: the same as `apply`.
   */
  crossFit?(
    columns: readonly WorkColumn[],
    params: z.infer<Params>,
    state: State,
    place: FitPlace,
  ): readonly (readonly WorkColumn[])[];
  /**
   * `columns` are those seen in `fit`, same names and order, any rows. The i-th result replaces the i-th column: a list
   * with one column, or none (dropped), or more (it and an indicator). Must not change its input; may hand it on.
   */
  apply(columns: readonly WorkColumn[], state: State, place: StepPlace): readonly (readonly WorkColumn[])[];
  /** What it learns holds single words of texts, which may be one person's alone. */
  readonly keepsWords?: true;
  /** Why it has no form as a graph; said before training. Its `onnx` throws `step-not-exportable`. */
  readonly noGraph?: string;
  /** The same as `apply`, as nodes of a graph; must agree with it to rounding. */
  onnx(graph: OnnxGraph, columns: readonly GraphColumn[], state: State): readonly (readonly GraphColumn[])[];
}

/** Where a step stands, for the words of its failures. */
export interface StepPlace {
  /** 1 for the first. */
  readonly position: number;
  /** Row number (1 for the first) in the data the user knows, from the index into the columns given. */
  row(index: number): number;
}

/** What a step may learn from, beside its columns. */
export interface FitPlace extends StepPlace {
  /** What is to be predicted, row by row beside the columns; null where nobody says (then steps that need it refuse). */
  readonly target: Target | null;
  /** The recipe's: for whatever a step draws by chance. */
  readonly seed: number;
}

/** A column as a value of an ONNX graph. */
export type GraphColumn =
  /** double [N, 1]; missing is NaN. */
  | { readonly kind: 'number'; readonly name: string; readonly value: OnnxValue }
  /**
   * string [N, 1]; missing is ''. Runtimes cannot choose between texts, so a step that fills gaps only notes which level
   * `missing` is to be read as; the step that makes codes of it does the rest.
   */
  | {
      readonly kind: 'category';
      readonly name: string;
      readonly text: OnnxValue;
      readonly missing: string | null;
    }
  /** int64 [N, 1]; -1 is all zeros. */
  | {
      readonly kind: 'one-hot';
      readonly name: string;
      readonly levels: readonly string[];
      readonly codes: OnnxValue;
    }
  /** int64 [N, 1]; -1 is missing. */
  | {
      readonly kind: 'codes';
      readonly name: string;
      readonly levels: readonly string[];
      readonly codes: OnnxValue;
    };

export function defineStep<Params extends z.ZodObject, State>(
  step: Step<Params, State>,
): Step<Params, State> {
  return step;
}
