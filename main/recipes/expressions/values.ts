import type { Machine } from './machine.ts';

/** Logic is 1, 0, or missing; it becomes a number column. */
export type ValueType = 'number' | 'logic' | 'text';

/** A value while it is worked out. */
export type Value<Numbers, Texts> =
  { readonly kind: 'number'; readonly numbers: Numbers } | { readonly kind: 'text'; readonly texts: Texts };

export type Args<Numbers, Texts> = readonly Value<Numbers, Texts>[];

export function numbersOf<Numbers, Texts>(args: Args<Numbers, Texts>, at: number): Numbers {
  const value = args[at];
  if (value?.kind !== 'number') throw new Error(`argument ${at + 1} is no number`);
  return value.numbers;
}

export function textsOf<Numbers, Texts>(args: Args<Numbers, Texts>, at: number): Texts {
  const value = args[at];
  if (value?.kind !== 'text') throw new Error(`argument ${at + 1} is no text`);
  return value.texts;
}

/** What is not finite is missing: a division by 0, a root of a negative number. */
export function finite<Numbers, Texts>(machine: Machine<Numbers, Texts>, value: Numbers): Numbers {
  const zero = machine.number(0);
  const isFinite = machine.compare('Equal', machine.arithmetic('Sub', value, value), zero);
  return machine.choose(isFinite, value, machine.number(Number.NaN));
}

/** A mask as logic: missing where one of the numbers is. */
export function unlessMissing<Numbers, Texts>(
  machine: Machine<Numbers, Texts>,
  mask: Numbers,
  ...numbers: readonly Numbers[]
): Numbers {
  const missing = machine.number(Number.NaN);
  return numbers.reduce((result, one) => machine.choose(machine.isNaN(one), missing, result), mask);
}

/** A mask: where a text is missing. */
export function textMissing<Numbers, Texts>(machine: Machine<Numbers, Texts>, text: Texts): Numbers {
  return machine.match(text, new Map([['', 1]]), 0);
}
