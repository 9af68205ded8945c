import type * as z from 'zod';

/**
 * One entry of the contract. The schema is the check at the border, the help text of the command line and the form
 * in the page; `doc` says what types can't: limits, order, what is never returned.
 */
export interface MethodSpec<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly doc: string;
  readonly input: Input;
  readonly output: Output;
  /** Changes the workspace: needs the writer's lock; its commits are journalled and announced. */
  readonly writes?: true;
  /** Slow: runs as a job with progress and cancel; callers may wait for it or start it with `jobs.start`. */
  readonly job?: true;
  /** Works without an open workspace. */
  readonly anywhere?: true;
  /** Returns a table: the result travels as Arrow IPC stream bytes, `output` describes the JSON beside it. */
  readonly table?: true;
  /** How the command line spells it: positional argument names in order; every other key is a `--flag`. */
  readonly cli?: { readonly args?: readonly string[] };
}

export function defineMethod<const Spec extends MethodSpec>(spec: Spec): Spec {
  return spec;
}

/** A domain's methods by verb. */
export type Domain = Readonly<Record<string, MethodSpec>>;
