import { isDecimal, type ColumnType } from '../../../../preload/contract/column-types.ts';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { TreatmentStep } from '../../../../preload/contract/privacy.ts';
import { cellText, type Cell } from '../../../datasets/index.ts';

/** Turns the values of one column into others, one after the other in the order of the rows. */
export interface CellChange {
  readonly type: ColumnType;
  /** `row` counts from 0; the cell is never missing. */
  readonly change: (cell: Exclude<Cell, null>, row: number) => Cell;
}

export type StepOf<Treat extends TreatmentStep['treat']> = Extract<TreatmentStep, { treat: Treat }>;

/**
 * A way to treat a column: one file here, one line in the list beside it. `begin` checks the step against the column and throws
 * `treatment-unfit` with what would fit.
 */
export interface Treatment<Treat extends Exclude<TreatmentStep['treat'], 'drop'>> {
  readonly begin: (step: StepOf<Treat>, field: Field, key: Uint8Array) => CellChange;
}

/** A cell of a column of numbers as a number; a decimal is rounded to the nearest double. */
export function numberOf(cell: Exclude<Cell, null>, type: ColumnType): number {
  return Number(isDecimal(type) ? cellText(type, cell) : cell);
}
