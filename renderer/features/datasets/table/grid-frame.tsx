import { useResizeObserver } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
  type Ref,
} from 'react';
import type { ColumnProfile } from '../../../../preload/contract/column-profile.ts';
import type { RowView } from '../../../../preload/contract/views.ts';
import { isMac } from '../../../ui/actions/shortcut.ts';
import { useRowHeight } from '../../../ui/state/settings.ts';
import { ColumnHead } from './column-head.tsx';
import { cellId } from './data-row.tsx';
import type { GridActions } from './grid-actions.ts';
import { GridBody, type Follower } from './grid-body.tsx';
import type { Placed } from './grid-layout.ts';
import type { Looked } from './row-windows.ts';
import { heightOf, scrollTopOf, scrollTopToShow } from './scroll-window.ts';
import { moved, rangeOf, type Selection, type Spot } from './selection.ts';
import { sortOf } from './view-query.ts';
import { words } from './words.ts';

/** What others ask of the scrolled frame. */
export interface GridHandle {
  goTo(row: number): void;
  focus(): void;
  /** Where a column begins, from the left edge of the frame. */
  leftOf(column: string): number;
}

interface Props {
  readonly ref: Ref<GridHandle>;
  readonly label: string;
  readonly looked: Looked;
  /** What the heads say: changes before the rows do. */
  readonly asked: RowView;
  /** Names what is shown; another name is another table, which begins at its top. */
  readonly shown: string;
  readonly rows: number;
  readonly placed: readonly Placed[];
  readonly numberWidth: number;
  readonly profiles: readonly ColumnProfile[] | undefined;
  readonly busy: boolean;
  readonly selection: Selection | null;
  readonly actions: GridActions | null;
  readonly onSelect: (selection: Selection | null) => void;
  readonly onCopy: (heads: boolean) => void;
  readonly onError: (error: unknown) => void;
}

export const headHeight = 58;

/** The scrolled grid: heads above, rows below, both only as far as they are seen. */
export function GridFrame(props: Props) {
  const { looked, asked, shown, rows, placed, numberWidth, selection, actions, onSelect } = props;
  const id = useId();
  const rowHeight = useRowHeight();
  const frame = useRef<HTMLDivElement>(null);
  const body = useRef<Follower>(null);
  const [measure, size] = useResizeObserver<HTMLDivElement>();
  const viewport = Math.max(0, size.height - headHeight);
  const pinned = placed.filter((column) => column.pinned);
  const fixedWidth = numberWidth + pinned.reduce((sum, { width }) => sum + width, 0);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes what it returns here
  const virtual = useVirtualizer({
    horizontal: true,
    count: placed.length - pinned.length,
    getScrollElement: () => frame.current,
    estimateSize: (i) => placed[pinned.length + i]?.width ?? 100,
    overscan: 2,
    paddingStart: fixedWidth,
    scrollPaddingStart: fixedWidth,
  });
  useEffect(() => virtual.measure(), [virtual, placed, fixedWidth]);
  const inSight = [
    ...pinned.map((column) => ({ column, left: column.left })),
    ...virtual.getVirtualItems().flatMap(({ index, start }) => {
      const column = placed[pinned.length + index];
      return column ? [{ column, left: start }] : [];
    }),
  ];
  const range = selection && rangeOf(selection);
  const active = selection?.active;
  const at = { rows, rowHeight, viewport };

  const bringIntoSight = ({ row, column }: Spot) => {
    const element = frame.current;
    if (!element) return;
    if (row >= 0) {
      const top = scrollTopToShow(row, { ...at, scrollTop: element.scrollTop });
      if (top !== element.scrollTop) element.scrollTop = top;
    }
    if (column >= pinned.length) virtual.scrollToIndex(column - pinned.length, { align: 'auto' });
  };
  useImperativeHandle(props.ref, () => ({
    goTo: (row) => frame.current?.scrollTo({ top: scrollTopOf(row, at) }),
    focus: () => frame.current?.focus(),
    leftOf(name) {
      const column = placed.find(({ field }) => field.name === name);
      if (!column || column.pinned) return column?.left ?? 0;
      const before = placed.slice(pinned.length, column.place);
      const start = before.reduce((sum, { width }) => sum + width, fixedWidth);
      return Math.max(0, start - (frame.current?.scrollLeft ?? 0));
    },
  }));
  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
    body.current?.follow(0);
    onSelect(null);
  }, [shown, onSelect]);

  const onHeadKey = (event: KeyboardEvent, place: number): boolean => {
    const column = placed[place];
    if (!column || !actions) return false;
    const { name } = column.field;
    if (event.key === 'Enter' || event.key === ' ') actions.sort(name, event.shiftKey);
    else if (event.altKey && event.key === 'ArrowRight') actions.width(name, column.width + 16);
    else if (event.altKey && event.key === 'ArrowLeft') actions.width(name, column.width - 16);
    else return false;
    return true;
  };
  const onMoveKey = (event: KeyboardEvent, mod: boolean): boolean => {
    if (event.altKey || rows < 1 || placed.length < 1) return false;
    const page = Math.max(1, Math.floor(viewport / rowHeight) - 1);
    const start = { row: 0, column: 0 };
    const now = selection ?? { anchor: start, active: start };
    const next = moved(
      now,
      { key: event.key, mod, shift: event.shiftKey },
      { rows, columns: placed.length, page },
    );
    if (!next) return false;
    const isAll = mod && event.key.toLowerCase() === 'a';
    // The first key only shows where one is.
    const chosen = selection || isAll || mod ? next : now;
    onSelect(chosen);
    if (!isAll) bringIntoSight(chosen.active);
    return true;
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== frame.current) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    if (mod && event.key.toLowerCase() === 'c' && range) props.onCopy(event.shiftKey);
    else if (event.key === 'Escape' && selection)
      onSelect({ anchor: selection.active, active: selection.active });
    else if (event.altKey && event.key === 'ArrowDown' && active && actions) {
      bringIntoSight({ row: -1, column: active.column });
      const column = placed[active.column];
      if (column) actions.menu(column.field.name);
    } else if (!(active?.row === -1 && onHeadKey(event, active.column)) && !onMoveKey(event, mod)) return;
    event.preventDefault();
  };
  const onPointer = (event: PointerEvent) => {
    const spot = event.button > 0 ? null : spotOf(event.target);
    if (!spot) return;
    if (event.type === 'pointerdown') {
      onSelect({ anchor: event.shiftKey && selection ? selection.anchor : spot, active: spot });
    } else if (event.buttons === 1 && selection && selection.anchor.row >= 0) {
      if (spot.row !== active?.row || spot.column !== active.column) onSelect({ ...selection, active: spot });
    }
  };

  const head = ({ column, left }: (typeof inSight)[number]) => {
    const sort = sortOf(asked, column.field.name);
    return (
      <ColumnHead
        key={column.field.name}
        id={cellId(id, -1, column.place)}
        column={column}
        left={left}
        profile={props.profiles?.[column.index]}
        direction={sort?.direction ?? null}
        sortPlace={sort?.place ?? 0}
        many={(asked.sort?.length ?? 0) > 1}
        active={active?.row === -1 && active.column === column.place}
        actions={actions}
      />
    );
  };
  return (
    <div
      className="data-grid__frame"
      data-old={props.busy || undefined}
      ref={(element) => {
        frame.current = element;
        measure(element);
      }}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows + 1}
      aria-colcount={placed.length}
      aria-multiselectable
      aria-busy={props.busy}
      aria-activedescendant={active ? cellId(id, active.row, active.column) : undefined}
      tabIndex={0}
      onScroll={(event) => body.current?.follow(event.currentTarget.scrollTop)}
      onKeyDown={onKey}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
    >
      <div
        className="data-grid__content"
        role="presentation"
        style={{ width: virtual.getTotalSize(), height: heightOf(rows, rowHeight) + headHeight }}
      >
        <div role="rowgroup" className="data-grid__head" style={{ height: headHeight }}>
          <div role="row" aria-rowindex={1} className="data-grid__heads">
            <div className="data-grid__fixed" role="presentation" style={{ width: fixedWidth }}>
              <div className="data-grid__corner" role="columnheader" style={{ width: numberWidth }}>
                <span className="visually-hidden">{words.row}</span>
              </div>
              {inSight.filter(({ column }) => column.pinned).map(head)}
            </div>
            {inSight.filter(({ column }) => !column.pinned).map(head)}
          </div>
        </div>
        <GridBody
          ref={body}
          id={id}
          looked={looked}
          rows={rows}
          rowHeight={rowHeight}
          viewport={viewport}
          inSight={inSight}
          fixedWidth={fixedWidth}
          numberWidth={numberWidth}
          range={range}
          active={active}
          onError={props.onError}
        />
      </div>
    </div>
  );
}

/** The cell that an event came from. */
function spotOf(target: EventTarget): Spot | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[role="gridcell"]') : null;
  const row = cell?.closest<HTMLElement>('[data-row]');
  return cell && row ? { row: Number(row.dataset['row']), column: Number(cell.dataset['place']) } : null;
}
