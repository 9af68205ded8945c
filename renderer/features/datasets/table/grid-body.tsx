import { useEffect, useImperativeHandle, useMemo, useState, type Ref } from 'react';
import { DataRow, type ShownColumn } from './data-row.tsx';
import type { Placed } from './grid-layout.ts';
import { useRowWindows, windowColumns, type Looked } from './row-windows.ts';
import { scrollWindow } from './scroll-window.ts';
import type { Range, Spot } from './selection.ts';
import { words } from './words.ts';

/** Told where the table is scrolled to. */
export interface Follower {
  follow(scrollTop: number): void;
}

interface Props {
  readonly ref: Ref<Follower>;
  readonly id: string;
  readonly looked: Looked;
  readonly rows: number;
  readonly rowHeight: number;
  readonly viewport: number;
  readonly inSight: readonly { readonly column: Placed; readonly left: number }[];
  readonly fixedWidth: number;
  readonly numberWidth: number;
  readonly range: Range | null;
  readonly active: Spot | undefined;
  readonly onError: (error: unknown) => void;
}

/** The rows in sight. It alone is drawn again when the table is scrolled down. */
export function GridBody({ ref, id, looked, rows, inSight, range, active, onError, ...sizes }: Props) {
  const { rowHeight, viewport, fixedWidth, numberWidth } = sizes;
  const windowAt = (scrollTop: number) => scrollWindow({ rows, rowHeight, viewport, scrollTop, overscan: 6 });
  const [place, setPlace] = useState({ scrollTop: 0, key: '' });
  const seen = windowAt(place.scrollTop);
  useImperativeHandle(ref, () => ({
    follow(scrollTop) {
      const { first, end, top } = windowAt(scrollTop);
      const key = `${first} ${end} ${top}`;
      setPlace((old) => (old.key === key ? old : { scrollTop, key }));
    },
  }));
  const groups = [...new Set(inSight.map(({ column }) => Math.floor(column.index / windowColumns)))];
  const windows = useRowWindows(
    looked,
    seen,
    groups.toSorted((a, b) => a - b),
  );
  const columns = useShownColumns(inSight, (column) => windows.decimalsAt(column));
  const { error } = windows;
  useEffect(() => onError(error), [error, onError]);
  return (
    <div
      role="rowgroup"
      className="data-grid__rows"
      aria-label={words.row}
      style={{ transform: `translateY(${seen.top}px)` }}
    >
      {Array.from({ length: seen.end - seen.first }, (_, i) => seen.first + i).map((row) => {
        const isIn = range !== null && row >= range.top && row <= range.bottom;
        return (
          <DataRow
            key={row}
            id={id}
            row={row}
            parts={windows.partsOf(row)}
            columns={columns}
            fixedWidth={fixedWidth}
            numberWidth={numberWidth}
            from={isIn ? range.left : -1}
            to={isIn ? range.right : -1}
            active={active?.row === row ? active.column : -1}
          />
        );
      })}
    </div>
  );
}

/** The columns in sight, the same list as long as nothing about them changes. */
function useShownColumns(
  inSight: Props['inSight'],
  decimalsAt: (column: number) => number,
): readonly ShownColumn[] {
  const columns = inSight.map(({ column, left }) => ({ column, left, decimals: decimalsAt(column.index) }));
  const key = columns
    .map(({ column, left, decimals }) =>
      [column.index, column.place, left, column.width, decimals, column.pinned].join(' '),
    )
    .join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps, react/memo-dependencies -- the key says all that is in them
  return useMemo(() => columns, [key]);
}
