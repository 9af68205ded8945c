import type * as z from 'zod';
import type { Contract } from '../../../../preload/contract/index.ts';

type Verbs<Domain extends keyof Contract> = {
  readonly [Verb in keyof Contract[Domain]]?: Contract[Domain][Verb] extends {
    output: infer Output extends z.ZodType;
  }
    ? (value: z.output<Output>) => string
    : never;
};

/** How the results of a domain's methods read on a terminal; what has no view is shown as facts and tables. */
export type Views<Domain extends keyof Contract> = Verbs<Domain>;

/** Blocks with an empty line between them; empty ones are left out. */
export function blocks(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join('\n\n');
}

/** Lines one under another; empty ones are left out. */
export function lines(...parts: readonly (string | null | undefined | false)[]): string {
  return parts.filter(Boolean).join('\n');
}
