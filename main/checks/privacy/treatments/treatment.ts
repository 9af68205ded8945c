import type { ColumnType, Field } from '../../../../preload/contract/datasets.ts';
import type { TreatmentStep } from '../../../../preload/contract/privacy.ts';
import type { Cell } from '../../../datasets/index.ts';

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

export const isNumber = (type: ColumnType): boolean => type === 'int64' || type === 'float64';
