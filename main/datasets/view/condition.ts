import type { ColumnType } from '../../../preload/contract/column-types.ts';

/** A value to compare with: whole numbers beyond 2^53 and moments as bigint, decimals in units of their last place, dates as days, bool as 0 and 1. */
export type Operand = number | bigint | string;

export type Test =
  | { readonly kind: 'compare'; readonly operator: Operator; readonly value: Operand }
  | { readonly kind: 'between'; readonly low: Operand; readonly high: Operand }
  | { readonly kind: 'in'; readonly values: readonly Operand[]; readonly negated: boolean }
  | { readonly kind: 'contains'; readonly text: string }
  | { readonly kind: 'missing'; readonly negated: boolean };

export const operators = ['<=', '>=', '!=', '==', '=', '<', '>'] as const;
export type Operator = (typeof operators)[number];

/** One test of one column; its operands have the column's type. */
export interface Condition {
  readonly column: string;
  readonly type: ColumnType;
  readonly test: Test;
}
