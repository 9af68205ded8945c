import { memo } from 'react';
import { locale } from '../../../ui/text/words.ts';
import { typeWords } from '../column-types.tsx';
import { cellText } from './cell-text.ts';
import type { Placed } from './grid-layout.ts';
import { windowColumns, type RowParts, type RowWindow } from './row-windows.ts';
import { words } from './words.ts';

/** A column in sight. */
export interface ShownColumn {
  readonly column: Placed;
  readonly left: number;
  readonly decimals: number;
}

interface Props {
  readonly id: string;
  readonly row: number;
  readonly parts: RowParts;
  readonly columns: readonly ShownColumn[];
  /** Width of the row's number and the pinned columns. */
  readonly fixedWidth: number;
  readonly numberWidth: number;
  /** Places of the first and last selected column; -1 when the row has none. */
  readonly from: number;
  readonly to: number;
  /** Place of the active cell; -1 when it is in another row. */
  readonly active: number;
}

const numbers = new Intl.NumberFormat(locale);

/** One row; drawn again only when its values, its selection or the columns in sight change. */
export const DataRow = memo(DrawnRow, isSame);

function DrawnRow(props: Props) {
  const { row, parts, columns, fixedWidth, numberWidth, from, to } = props;
  const known = parts.find((part) => part !== undefined);
  const number = known?.numbers ? known.numbers[row - known.offset] : row + 1;
  const cell = ({ column, left, decimals }: ShownColumn) => (
    <Cell
      key={column.index}
      id={column.place === props.active ? cellId(props.id, row, column.place) : undefined}
      column={column}
      left={left}
      decimals={decimals}
      row={row}
      window={parts[Math.floor(column.index / windowColumns)]}
      selected={column.place >= from && column.place <= to}
    />
  );
  return (
    <div role="row" aria-rowindex={row + 2} data-row={row} className="data-grid__row">
      <div className="data-grid__fixed" role="presentation" style={{ width: fixedWidth }}>
        <div className="data-grid__number" role="rowheader" style={{ width: numberWidth }}>
          {number === undefined ? '' : numbers.format(number)}
        </div>
        {columns.filter(({ column }) => column.pinned).map(cell)}
      </div>
      {columns.filter(({ column }) => !column.pinned).map(cell)}
    </div>
  );
}

export function cellId(grid: string, row: number, place: number): string {
  return `${grid}-${row}-${place}`;
}

/** The windows are compared one by one: their list is a new one each time. */
function isSame(a: Props, b: Props): boolean {
  return (
    a.row === b.row &&
    a.columns === b.columns &&
    a.fixedWidth === b.fixedWidth &&
    a.numberWidth === b.numberWidth &&
    a.from === b.from &&
    a.to === b.to &&
    a.active === b.active &&
    a.parts.length === b.parts.length &&
    a.parts.every((part, i) => part === b.parts[i])
  );
}

interface CellProps {
  /** Of the active cell alone. */
  readonly id: string | undefined;
  readonly column: Placed;
  readonly left: number;
  readonly decimals: number;
  readonly row: number;
  readonly window: RowWindow | undefined;
  readonly selected: boolean;
}

const Cell = memo(function Cell({ id, column, left, decimals, row, window, selected }: CellProps) {
  const { field, width, place } = column;
  const isNumber = typeWords(field.type).isNumber;
  const value: unknown = window?.table.getChildAt(column.index - window.column)?.get(row - window.offset);
  const cell = window ? cellText(value, field.type, decimals) : undefined;
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={place + 1}
      aria-selected={selected}
      data-place={place}
      data-active={id === undefined ? undefined : true}
      className={isNumber ? 'data-grid__cell right' : 'data-grid__cell'}
      style={{ left, width }}
      title={cell?.full}
    >
      {cell === undefined ? (
        <span className="data-grid__coming" />
      ) : cell === null ? (
        <span className="faint">{words.missing}</span>
      ) : (
        cell.text || <span className="faint">{words.emptyText}</span>
      )}
    </div>
  );
});
