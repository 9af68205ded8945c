import { Button, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { DiffKind, type CellValue, type DiffRow } from '../../../../preload/contract/datasets.ts';
import { useFacts } from '../../../api/facts.ts';
import type { OutputOf } from '../../../api/methods.ts';
import { Answer } from '../../../ui/state/answer.tsx';
import { Seal, type Tone } from '../../../ui/state/seal.tsx';
import { DenseTable, type Column } from '../../../ui/table/dense-table.tsx';
import { formatNumber } from '../../../ui/text/format.ts';
import { locale } from '../../../ui/text/words.ts';
import { words } from './words.ts';

interface Props {
  readonly input: { readonly from: string; readonly to: string; readonly key: string[] };
  readonly rows: Readonly<Record<DiffKind, number>>;
  readonly cells: number;
}

const windowSize = 100;
const tones: Readonly<Record<DiffKind, Tone>> = { changed: 'warn', added: 'good', removed: 'bad' };

/** The rows that differ, a window at a time, with changed cells marked; by kind, and by column. */
export function DiffTable({ input, rows, cells }: Props) {
  const kinds = DiffKind.options.filter((kind) => rows[kind] > 0);
  const total = kinds.reduce((sum, kind) => sum + rows[kind], 0);
  const [kind, setKind] = useState<DiffKind | null>(null);
  const [column, setColumn] = useState<string | null>(null);
  const [offset, setOffset] = useState(0);
  const shown = useFacts(
    'datasets.diff-rows',
    {
      ...input,
      ...(kind ? { kind } : {}),
      ...(column === null ? {} : { column }),
      offset,
      limit: windowSize,
    },
    { keep: true },
  );
  return (
    <>
      <div className="row diff__filters">
        <SegmentedControl
          aria-label={words.compare.show}
          data={[
            ...(kinds.length > 1 ? [{ value: '', label: words.compare.all(total) }] : []),
            ...kinds.map((one) => ({ value: one, label: words.compare.kind(one, rows[one]) })),
          ]}
          value={kind ?? (kinds.length > 1 ? '' : (kinds[0] ?? ''))}
          onChange={(value) => {
            setKind(DiffKind.safeParse(value).data ?? null);
            setOffset(0);
          }}
        />
        <span className="dim">{words.compare.cells(cells)}</span>
      </div>
      <Answer of={shown} what={words.compare.reading}>
        {(data) => (
          <>
            <ColumnCounts
              columns={data.columns}
              chosen={column}
              onChoose={(wanted) => {
                setColumn(wanted);
                setOffset(0);
              }}
            />
            <DenseTable
              label={words.compare.show}
              rows={data.rows}
              keyOf={(row) => `${row.kind} ${row.row ?? ''} ${row.from ?? ''}`}
              columns={columnsOf(data.rows, data.columns)}
            />
            {data.total > windowSize ? (
              <div className="row">
                <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - windowSize))}>
                  {words.compare.before}
                </Button>
                <Button
                  disabled={offset + windowSize >= data.total}
                  onClick={() => setOffset(offset + windowSize)}
                >
                  {words.compare.next}
                </Button>
                <span className="dim small">
                  {words.compare.window(offset + 1, Math.min(offset + windowSize, data.total), data.total)}
                </span>
              </div>
            ) : null}
          </>
        )}
      </Answer>
    </>
  );
}

interface CountsProps {
  readonly columns: OutputOf<'datasets.diff-rows'>['columns'];
  readonly chosen: string | null;
  readonly onChoose: (column: string | null) => void;
}

/** How many cells changed in each column; one can be looked at alone. */
function ColumnCounts({ columns, chosen, onChoose }: CountsProps) {
  const changed = columns.filter((column) => column.changed > 0);
  if (changed.length === 0) return null;
  const most = Math.max(...changed.map((column) => column.changed));
  return (
    <div className="diff__counts" role="group" aria-label={words.compare.byColumn}>
      {changed.map((column) => (
        <button
          key={column.name}
          type="button"
          aria-pressed={chosen === column.name}
          onClick={() => onChoose(chosen === column.name ? null : column.name)}
        >
          <span className="truncate">{column.name}</span>
          <span className="diff__number">{column.changed.toLocaleString(locale)}</span>
          <span className="diff__bar" aria-hidden style={{ width: `${(100 * column.changed) / most}%` }} />
        </button>
      ))}
    </div>
  );
}

function number(value: number | null): string {
  return value === null ? '' : value.toLocaleString(locale);
}

/** Where the row is and was, its key, and every column of which a cell is shown. */
function columnsOf(rows: readonly DiffRow[], known: CountsProps['columns']): Column<DiffRow>[] {
  const used = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)));
  const keys = [...new Set(rows.flatMap(({ key }) => Object.keys(key ?? {})))];
  const names = [
    ...known.map(({ name }) => name).filter((name) => used.has(name)),
    ...[...used].filter((name) => !known.some((column) => column.name === name)),
  ].filter((name) => !keys.includes(name));
  return [
    {
      id: 'kind',
      title: words.compare.kindHead,
      width: 100,
      render: ({ kind }) => <Seal tone={tones[kind]} label={words.compare.kinds[kind]} />,
    },
    { id: 'row', title: words.compare.row, align: 'right', width: 80, render: ({ row }) => number(row) },
    {
      id: 'from',
      title: words.compare.wasRow,
      align: 'right',
      width: 80,
      render: ({ from }) => number(from),
    },
    ...keys.map((name): Column<DiffRow> => ({
      id: `key ${name}`,
      title: name,
      render: ({ key }) => <strong>{text(key?.[name])}</strong>,
    })),
    ...names.map((name): Column<DiffRow> => ({
      id: `cell ${name}`,
      title: name,
      render: ({ kind, cells }) => {
        const cell = cells.find(({ column }) => column === name);
        return cell ? <Cell kind={kind} old={cell.old} now={cell.new} /> : <span className="faint">·</span>;
      },
    })),
  ];
}

interface CellProps {
  readonly kind: DiffKind;
  readonly old: CellValue | undefined;
  readonly now: CellValue | undefined;
}

function Cell({ kind, old, now }: CellProps) {
  if (kind === 'added') return <ins className="diff__new">{text(now)}</ins>;
  if (kind === 'removed') return <del className="diff__old">{text(old)}</del>;
  return (
    <span title={`${full(now)} (${words.compare.was} ${full(old)})`}>
      <del className="diff__old">{text(old)}</del> <ins className="diff__new">{text(now)}</ins>
    </span>
  );
}

function text(value: CellValue | undefined): string {
  if (typeof value === 'number') return Number.isInteger(value) ? formatNumber(value) : full(value);
  return full(value);
}

function full(value: CellValue | undefined): string {
  return value === null || value === undefined ? words.compare.missing : String(value);
}
