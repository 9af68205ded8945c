import { Button, NumberInput } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { useBackend } from '../../../api/context.ts';
import { useFacts } from '../../../api/facts.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { locale } from '../../../ui/text/words.ts';
import { ColumnMenu } from './column-menu.tsx';
import { cellsAsText } from './copy-cells.ts';
import { useGridActions } from './grid-actions.ts';
import { GridBar } from './grid-bar.tsx';
import { GridFrame, headHeight, type GridHandle } from './grid-frame.tsx';
import { placeColumns, useGridLayout } from './grid-layout.ts';
import { rangeOf, type Range, type Selection } from './selection.ts';
import { useView } from './use-view.ts';
import { words } from './words.ts';
import './data-grid.css';

interface Props {
  /** `NAME@VERSION` */
  readonly dataset: string;
  readonly schema: readonly Field[];
  readonly rows: number;
  readonly query: URLSearchParams;
}

const shownCount = (count: number) => count.toLocaleString(locale);

/** All rows of a snapshot in one scrolled grid, sorted and filtered as the address says. */
export function DataGrid({ dataset, schema, rows: all, query }: Props) {
  const backend = useBackend();
  const grid = useRef<GridHandle>(null);
  const view = useView(dataset, schema, all, query);
  const { rows, looked } = view;
  const [layout, setLayout] = useGridLayout(dataset.split('@')[0] ?? dataset);
  const numberWidth = Math.max(44, String(all).length * 8 + 24);
  const placed = useMemo(() => placeColumns(schema, layout, numberWidth), [schema, layout, numberWidth]);
  const profile = useFacts('datasets.profile', { dataset });
  const [selection, setSelection] = useState<Selection | null>(null);
  const [menu, setMenu] = useState<{ readonly column: string; readonly left: number } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [said, setSaid] = useState('');
  const openMenu = useCallback(
    (column: string) => setMenu({ column, left: grid.current?.leftOf(column) ?? 0 }),
    [],
  );
  const actions = useGridActions(view.asked, layout.widths, view.change, setLayout, openMenu);
  const select = useCallback((next: Selection | null) => {
    setSelection(next);
    setSaid('');
  }, []);
  const range = selection && rangeOf(selection);
  const copy = async (heads: boolean) => {
    if (!range) return;
    setSaid(words.copying);
    try {
      const columns = placed.slice(range.left, range.right + 1).map(({ field }) => field);
      const text = await cellsAsText(backend, looked, { ...range, columns, heads });
      await navigator.clipboard.writeText(text);
      setSaid(words.copied(...sizeOf(range)));
    } catch (error) {
      setSaid(error instanceof Error ? error.message : String(error));
    }
  };
  const chosen = placed.find(({ field }) => field.name === menu?.column);
  const error = view.error ?? problem;
  return (
    <div className="data-grid">
      <GridBar
        schema={schema}
        view={view.asked}
        layout={layout}
        hasSelection={range !== null}
        onView={view.change}
        onLayout={setLayout}
        onCopy={(heads) => void copy(heads)}
      />
      {error ? <ErrorPanel error={error} what={words.reading} /> : null}
      <div className="data-grid__place">
        {menu && chosen ? (
          <ColumnMenu
            field={chosen.field}
            place={{ left: menu.left, top: headHeight }}
            view={view.asked}
            layout={layout}
            onView={view.change}
            onLayout={setLayout}
            onClose={() => {
              setMenu(null);
              grid.current?.focus();
            }}
          />
        ) : null}
        <GridFrame
          ref={grid}
          label={words.rowsOf(dataset)}
          looked={looked}
          asked={view.asked}
          shown={view.shown}
          rows={rows}
          placed={placed}
          numberWidth={numberWidth}
          profiles={profile.data?.columns}
          busy={view.ordering}
          selection={selection}
          actions={actions}
          onSelect={select}
          onCopy={(heads) => void copy(heads)}
          onError={setProblem}
        />
        {rows === 0 && !view.ordering && !error ? (
          <p className="data-grid__none">{words.noneMatches}</p>
        ) : null}
        {view.ordering ? (
          <div className="data-grid__ordering" role="status">
            {words.ordering} …
            <Button size="compact-xs" onClick={() => history.back()}>
              {words.cancel}
            </Button>
          </div>
        ) : null}
      </div>
      <div className="data-grid__foot small dim">
        <span>
          {rows === all ? words.rows(all, shownCount(all)) : words.passing(shownCount(rows), shownCount(all))}
          , {words.columns(schema.length, shownCount(schema.length))}
          {placed.length < schema.length ? `, ${words.hidden(schema.length - placed.length)}` : ''}
        </span>
        <span className="grow" role="status">
          {said || (range && isMany(range) ? words.selected(...sizeOf(range)) : '')}
        </span>
        <NumberInput
          aria-label={words.goToRow}
          placeholder={words.goToRowHint}
          w={120}
          min={1}
          max={rows}
          allowDecimal={false}
          thousandSeparator
          onChange={(row) => {
            if (typeof row === 'number' && row >= 1 && row <= rows) grid.current?.goTo(row - 1);
          }}
        />
      </div>
    </div>
  );
}

function isMany({ top, bottom, left, right }: Range): boolean {
  return top !== bottom || left !== right;
}

function sizeOf({ top, bottom, left, right }: Range): [rows: string, columns: string] {
  return [shownCount(bottom - top + 1), shownCount(right - left + 1)];
}
