import type * as z from 'zod';
import type { AppEvent } from './events.ts';
import { contract, type Contract } from './index.ts';

/** What a call gives back: the JSON value, and for table methods the Arrow IPC stream beside it. */
export interface Reply {
  readonly value: unknown;
  readonly table?: Uint8Array;
}

/** Carries calls to `dispatch`, whatever lies between: nothing, IPC, or loopback HTTP. */
export interface Transport {
  call(method: string, input: unknown, options?: { readonly signal?: AbortSignal }): Promise<Reply>;
  /** Returns the function that ends the subscription. */
  readonly subscribe: (listener: (event: AppEvent) => void) => () => void;
}

type InputOf<Spec> = Spec extends { input: infer Input extends z.ZodType } ? z.input<Input> : never;
type OutputOf<Spec> = Spec extends { output: infer Output extends z.ZodType }
  ? Spec extends { table: true }
    ? z.output<Output> & { readonly table: Uint8Array }
    : z.output<Output>
  : never;

export type Client = {
  readonly [D in keyof Contract]: {
    readonly [V in keyof Contract[D]]: (
      input: InputOf<Contract[D][V]>,
      options?: { readonly signal?: AbortSignal },
    ) => Promise<OutputOf<Contract[D][V]>>;
  };
} & { readonly subscribe: Transport['subscribe'] };

/** A typed client over any transport: `client.datasets.list({})`. */
export function createClient(transport: Transport): Client {
  const domains = Object.entries(contract).map(([domain, verbs]) => [
    domain,
    Object.fromEntries(
      Object.keys(verbs).map((verb) => [
        verb,
        async (input: unknown, options?: { readonly signal?: AbortSignal }) => {
          const reply = await transport.call(`${domain}.${verb}`, input, options);
          return reply.table ? { ...(reply.value as object), table: reply.table } : reply.value;
        },
      ]),
    ),
  ]);
  return { ...Object.fromEntries(domains), subscribe: transport.subscribe } as Client;
}
