import { memo } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { columnTypes } from '../column-types.tsx';
import { cellText } from './cell-text.ts';
import type { RowWindow } from './row-windows.ts';

/** A column in sight. */
export interface ShownColumn {
  readonly index: number;
  readonly left: number;
  readonly width: number;
  readonly field: Field;
  readonly decimals: number;
}

interface Props {
  readonly row: number;
  /** Absent while it is on its way. */
  readonly window: RowWindow | undefined;
  readonly columns: readonly ShownColumn[];
  readonly numberWidth: number;
}

/** One row; drawn again only when its values or the columns in sight change. */
export const DataRow = memo(function DataRow({ row, window, columns, numberWidth }: Props) {
  return (
    <div role="row" aria-rowindex={row + 2} className="data-grid__row">
      <div className="data-grid__number" role="rowheader" style={{ width: numberWidth }}>
        {(row + 1).toLocaleString()}
      </div>
      {columns.map((column) => (
        <Cell key={column.index} column={column} row={row} window={window} />
      ))}
    </div>
  );
});

function Cell({ column, row, window }: { column: ShownColumn; row: number; window: RowWindow | undefined }) {
  const { field, left, width, decimals } = column;
  const className = columnTypes[field.type].isNumber ? 'data-grid__cell right' : 'data-grid__cell';
  if (!window) {
    return (
      <div role="cell" className={className} style={{ left, width }}>
        <span className="data-grid__coming" />
      </div>
    );
  }
  const value: unknown = window.table.getChildAt(column.index)?.get(row - window.offset);
  const cell = cellText(value, field.type, decimals);
  return (
    <div role="cell" className={className} style={{ left, width }} title={cell?.full}>
      {cell === null ? (
        <span className="faint">missing</span>
      ) : (
        cell.text || <span className="faint">empty text</span>
      )}
    </div>
  );
}
