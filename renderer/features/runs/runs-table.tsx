import { Checkbox } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { go } from '../../ui/navigation/router.ts';
import { useRowHeight } from '../../ui/state/settings.ts';
import { formatNumber } from '../../ui/text/format.ts';
import { headOf, pathOfRun, RunCellView, widthOf, type KnownColumn } from './run-columns.tsx';
import { useRunsInSight, type Asked, type RunGroup, type RunLine } from './run-windows.ts';
import { useRunsView } from './store.ts';
import { words } from './words.ts';
import { words as many } from './many-words.ts';
import '../../ui/table/dense-table.css';

interface Props {
  readonly asked: Asked;
  readonly base: OutputOf<'runs.list'>;
  readonly known: readonly KnownColumn[];
}

const pickWidth = 34;
/** Columns may be pressed together this far before the table is scrolled sideways. */
const least = 0.9;

/** All runs as rows, of which only those in sight are asked for and drawn. */
export function RunsTable({ asked, base, known }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const rowHeight = useRowHeight();
  const { sort, ascending, sortBy, picked, toggle } = useRunsView();
  const { groups } = base;
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns here
  const virtual = useVirtualizer({
    count: base.shown + groups.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const end = (items.at(-1)?.index ?? -1) + 1;
  const places = items.map(({ index }) => placeOf(groups, index));
  const rows = places.flatMap((place) => (place.row === null ? [] : [place.row]));
  const lineAt = useRunsInSight(asked, { first: rows[0] ?? 0, end: (rows.at(-1) ?? -1) + 1 }, base);
  const numeric = new Set(known.filter((column) => column.numeric).map(({ id }) => id));
  const columns = base.columns.map((id) => ({
    id,
    ...headOf(id),
    right: numeric.has(id) || id === 'created',
    width: widthOf(id, numeric.has(id)),
  }));
  const total = pickWidth + columns.reduce((sum, { width }) => sum + width, 0);
  const count = base.shown + groups.length;
  return (
    <div className="dense-table runs-table" ref={frame}>
      <table
        aria-label={words.title}
        aria-rowcount={count + 1}
        style={{ minWidth: Math.round(total * least) }}
      >
        <colgroup>
          <col style={{ width: pickWidth }} />
          {columns.map(({ id, width }) => (
            <col key={id} style={{ width: `${(100 * width) / total}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {/* oxlint-disable-next-line jsx-a11y/control-has-associated-label -- a column of boxes has no head to read */}
            <td />
            {columns.map(({ id, title, about, right }) => (
              <Head
                key={id}
                title={title}
                about={about}
                right={right}
                sorted={sort === id ? (ascending ? 'ascending' : 'descending') : undefined}
                onSort={() => sortBy(id, sort === id ? !ascending : !right)}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={first * rowHeight} span={columns.length + 1} />
          {places.map((place, i) => {
            const index = first + i;
            if (place.row === null)
              return (
                <GroupRow
                  key={`group ${index}`}
                  group={place.group}
                  span={columns.length + 1}
                  index={index}
                />
              );
            const line = lineAt(place.row);
            return line ? (
              <Row
                key={line.id}
                line={line}
                index={index}
                picked={picked.includes(line.id)}
                onPick={() => toggle(line.id)}
              >
                {columns.map(({ id, right }, at) => (
                  <td key={id} className={right ? 'right' : undefined}>
                    <RunCellView line={line} id={id} cell={line.cells[at] ?? null} />
                  </td>
                ))}
              </Row>
            ) : (
              <Spacer key={`waiting ${index}`} height={rowHeight} span={columns.length + 1} />
            );
          })}
          <Spacer height={(count - end) * rowHeight} span={columns.length + 1} />
        </tbody>
      </table>
    </div>
  );
}

type Place =
  { readonly row: number; readonly group: null } | { readonly row: null; readonly group: RunGroup };

/** What stands at a place of the table: the head of a group, or a run. Heads of groups stand before their first runs. */
function placeOf(groups: readonly RunGroup[], index: number): Place {
  if (!groups.length) return { row: index, group: null };
  let low = 0;
  let high = groups.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((groups[middle]?.first ?? 0) + middle <= index) low = middle;
    else high = middle - 1;
  }
  const group = groups[low];
  if (group && group.first + low === index) return { row: null, group };
  return { row: index - low - 1, group: null };
}

function Row({
  line,
  index,
  picked,
  onPick,
  children,
}: {
  line: RunLine;
  index: number;
  picked: boolean;
  onPick: () => void;
  children: ReactNode;
}) {
  return (
    <tr
      aria-rowindex={index + 2}
      data-selected={picked || undefined}
      data-opens
      onClick={(event) => {
        if (!(event.target as Element).closest('a, button, input, label')) go(pathOfRun(line));
      }}
    >
      <td>
        {line.origin === 'mlflow' ? null : (
          <Checkbox size="xs" aria-label={words.pick(line.id)} checked={picked} onChange={onPick} />
        )}
      </td>
      {children}
    </tr>
  );
}

function GroupRow({ group, span, index }: { group: RunGroup; span: number; index: number }) {
  const { value, count, best } = group;
  return (
    <tr className="runs-table__group" aria-rowindex={index + 2}>
      <th colSpan={span} scope="colgroup">
        {value === null ? many.none : typeof value === 'number' ? formatNumber(value) : value}{' '}
        <span className="dim">{words.count(count, formatNumber(count))}</span>
        {best ? (
          <span className="dim">{many.best(headOf(best.column).title, formatNumber(best.value))}</span>
        ) : null}
      </th>
    </tr>
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

interface HeadProps {
  readonly title: string;
  readonly about: string;
  readonly right: boolean;
  readonly sorted: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

function Head({ title, about, right, sorted, onSort }: HeadProps) {
  const Arrow = sorted === 'descending' ? ArrowDown : ArrowUp;
  return (
    <th scope="col" className={right ? 'right' : undefined} title={about} aria-sort={sorted}>
      <button type="button" onClick={onSort}>
        <span className="runs-table__title">{title}</span>
        {sorted ? <Arrow size={12} aria-hidden /> : null}
      </button>
    </th>
  );
}
