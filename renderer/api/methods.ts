import type * as z from 'zod';
import type { Contract } from '../../preload/contract/index.ts';

/** Every method's name: `datasets.list`. */
export type MethodName = {
  [D in keyof Contract]: `${D}.${keyof Contract[D] & string}`;
}[keyof Contract];

type SpecOf<M extends MethodName> = M extends `${infer D extends keyof Contract}.${infer V}`
  ? V extends keyof Contract[D]
    ? Contract[D][V]
    : never
  : never;

export type InputOf<M extends MethodName> =
  SpecOf<M> extends { input: infer Input extends z.ZodType } ? z.input<Input> : never;
export type OutputOf<M extends MethodName> =
  SpecOf<M> extends { output: infer Output extends z.ZodType }
    ? SpecOf<M> extends { table: true }
      ? z.output<Output> & { readonly table: Uint8Array }
      : z.output<Output>
    : never;

/** Methods that run as a job. */
export type JobMethod = {
  [M in MethodName]: SpecOf<M> extends { job: true } ? M : never;
}[MethodName];
