import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { sortRows, type Sort, type SortValue } from './sort-rows.ts';
import { useRowHeight } from '../state/settings.ts';
import './dense-table.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** Said on hover over the head. */
  readonly about?: string;
  readonly align?: 'right';
  readonly width?: number | string;
  /** What the column is sorted by; absent: it can't be. */
  readonly value?: (row: Row) => SortValue;
  readonly render: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  readonly sort?: Sort;
  /** Where Enter and a click on the row lead. */
  readonly onOpen?: (row: Row) => void;
  readonly isSelected?: (row: Row) => boolean;
  /** What a link that points at a row says: `column-price`. */
  readonly anchorOf?: (row: Row) => string;
  /** Rows scroll within this height; otherwise the table is as long as it is. */
  readonly maxHeight?: number | string;
}

/** A dense table with sorting; thousands of rows are drawn only where they are seen. */
export function DenseTable<Row>(props: Props<Row>) {
  const { rows, columns, keyOf, onOpen, isSelected, maxHeight } = props;
  const [sort, setSort] = useState<Sort | null>(props.sort ?? null);
  const frame = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const sorted = useMemo(() => {
    const by = columns.find((column) => column.id === sort?.column)?.value;
    return sort && by ? sortRows(rows, by, sort.descending) : rows;
  }, [rows, columns, sort]);
  const many = maxHeight !== undefined && rows.length > 100;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns here
  const virtual = useVirtualizer({
    count: many ? sorted.length : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const first = many ? (items[0]?.index ?? 0) : 0;
  const end = many ? (items.at(-1)?.index ?? -1) + 1 : sorted.length;
  return (
    <div
      className="dense-table"
      ref={frame}
      style={maxHeight === undefined ? undefined : { maxHeight, overflow: 'auto' }}
    >
      <table aria-label={props.label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={first * rowHeight} span={columns.length} />
          {sorted.slice(first, end).map((row) => (
            <tr
              key={keyOf(row)}
              data-selected={isSelected?.(row) || undefined}
              data-opens={onOpen ? true : undefined}
              data-anchor={props.anchorOf?.(row)}
              onClick={(event) => {
                if (!(event.target as Element).closest('a, button, input, label')) onOpen?.(row);
              }}
            >
              {columns.map((column) => (
                <td key={column.id} className={column.align}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer height={(sorted.length - end) * rowHeight} span={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height, span }: { height: number; span: number }) {
  return height > 0 ? (
    <tr aria-hidden>
      {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- holds the place of rows out of sight */}
      <td colSpan={span} style={{ height, padding: 0, border: 0 }} />
    </tr>
  ) : null;
}

function Head<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: Sort | null;
  onSort: (sort: Sort) => void;
}) {
  const mine = sort?.column === column.id ? sort : null;
  const Arrow = mine?.descending ? ArrowDown : ArrowUp;
  // A column of boxes or buttons has no head to read.
  // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- an empty cell is no control
  if (!column.title) return <td style={column.width === undefined ? undefined : { width: column.width }} />;
  const ariaSort = mine ? (mine.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th
      scope="col"
      className={column.align}
      title={column.about}
      aria-sort={ariaSort}
      style={column.width === undefined ? undefined : { width: column.width }}
    >
      {column.value ? (
        <button
          type="button"
          onClick={() =>
            onSort({ column: column.id, descending: mine ? !mine.descending : column.align === 'right' })
          }
        >
          {column.title}
          {mine ? <Arrow size={12} aria-hidden /> : null}
        </button>
      ) : (
        column.title
      )}
    </th>
  );
}
