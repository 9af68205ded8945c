import { NumberInput } from '@mantine/core';
import { useResizeObserver } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { useFacts } from '../../../api/facts.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { plural } from '../../../ui/text/format.ts';
import { ColumnHead } from './column-head.tsx';
import { DataRow, type ShownColumn } from './data-row.tsx';
import { useRowWindows } from './row-windows.ts';
import { scrollTopOf, scrollWindow } from './scroll-window.ts';
import { useRowHeight } from '../../../ui/state/settings.ts';
import './data-grid.css';

interface Props {
  readonly dataset: string;
  readonly schema: readonly Field[];
  readonly rows: number;
}

const headHeight = 58;

/** All rows of a snapshot in one scrolled table: only the windows in sight are fetched, only the cells in sight drawn. */
export function DataGrid({ dataset, schema, rows }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const [measure, size] = useResizeObserver<HTMLDivElement>();
  const viewport = Math.max(0, size.height - headHeight);
  const { seen, follow } = useScrollWindow(rows, rowHeight, viewport);
  const windows = useRowWindows(dataset, seen.first, seen.end);
  const summary = useFacts('datasets.summary', { dataset });
  const numberWidth = Math.max(44, String(rows).length * 8 + 24);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns here
  const virtual = useVirtualizer({
    horizontal: true,
    count: schema.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => widthOf(schema[i]),
    overscan: 3,
    paddingStart: numberWidth,
  });
  const columns = useShownColumns(virtual.getVirtualItems(), schema, windows.decimalsAt);
  const goTo = (row: number) => {
    frame.current?.scrollTo({ top: scrollTopOf(row - 1, { rows, rowHeight, viewport }) });
  };
  return (
    <div className="data-grid">
      {windows.error ? <ErrorPanel error={windows.error} what="Reading these rows" /> : null}
      <div
        className="data-grid__frame"
        ref={(element) => {
          frame.current = element;
          measure(element);
        }}
        role="table"
        aria-label={`Rows of ${dataset}`}
        aria-rowcount={rows + 1}
        aria-colcount={schema.length}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolled region must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => follow(event.currentTarget.scrollTop)}
      >
        <div
          className="data-grid__content"
          role="presentation"
          style={{ width: virtual.getTotalSize(), height: seen.height + headHeight }}
        >
          <div className="data-grid__head" role="row" aria-rowindex={1} style={{ height: headHeight }}>
            <div className="data-grid__corner" role="columnheader" style={{ width: numberWidth }}>
              <span className="visually-hidden">Row</span>
            </div>
            {columns.map(({ index, field, left, width }) => (
              <ColumnHead
                key={field.name}
                field={field}
                left={left}
                width={width}
                index={index}
                summary={summary.data?.columns[index]}
              />
            ))}
          </div>
          <div role="rowgroup" className="data-grid__rows" style={{ transform: `translateY(${seen.top}px)` }}>
            {Array.from({ length: seen.end - seen.first }, (_, i) => seen.first + i).map((row) => (
              <DataRow
                key={row}
                row={row}
                window={windows.windowOf(row)}
                columns={columns}
                numberWidth={numberWidth}
              />
            ))}
          </div>
        </div>
      </div>
      <div className="data-grid__foot small dim">
        <span className="grow">
          {plural(rows, 'row')}, {plural(schema.length, 'column')}
        </span>
        <NumberInput
          aria-label="Go to row"
          placeholder="go to row"
          w={110}
          min={1}
          max={rows}
          allowDecimal={false}
          thousandSeparator=","
          onChange={(row) => {
            if (typeof row === 'number' && row >= 1 && row <= rows) goTo(row);
          }}
        />
      </div>
    </div>
  );
}

/** The rows to draw; changes only when scrolling brings other rows, not with every pixel. */
function useScrollWindow(rows: number, rowHeight: number, viewport: number) {
  const windowAt = (scrollTop: number) => scrollWindow({ rows, rowHeight, viewport, scrollTop, overscan: 6 });
  const [place, setPlace] = useState({ scrollTop: 0, key: '' });
  return {
    seen: windowAt(place.scrollTop),
    follow: (scrollTop: number) => {
      const { first, end, top } = windowAt(scrollTop);
      const key = `${first} ${end} ${top}`;
      setPlace((old) => (old.key === key ? old : { scrollTop, key }));
    },
  };
}

interface Item {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/** The columns in sight, the same list as long as nothing about them changes. */
function useShownColumns(
  items: readonly Item[],
  schema: readonly Field[],
  decimalsAt: (column: number) => number,
): readonly ShownColumn[] {
  const columns = items.flatMap(({ index, start, size }): ShownColumn[] => {
    const field = schema[index];
    return field ? [{ index, left: start, width: size, field, decimals: decimalsAt(index) }] : [];
  });
  const key = columns
    .map(({ index, left, width, decimals }) => `${index} ${left} ${width} ${decimals}`)
    .join();
  // oxlint-disable-next-line react-hooks/exhaustive-deps, react/memo-dependencies -- the key says all that is in them
  return useMemo(() => columns, [key, schema]);
}

function widthOf(field: Field | undefined): number {
  if (!field) return 100;
  const byType = {
    bool: 90,
    int64: 104,
    float64: 112,
    utf8: 168,
    date: 108,
    timestamp: 176,
    timestamptz: 184,
  } as const;
  return Math.max(byType[field.type], Math.min(220, field.name.length * 7.5 + 44));
}
