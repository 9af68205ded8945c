import { tableFromIPC } from 'apache-arrow';
import { useMemo } from 'react';
import type { OutputOf } from '../../api/methods.ts';
import { DenseTable, type Column } from '../../ui/table/dense-table.tsx';
import { typeWords } from '../datasets/column-types.tsx';
import { cellText } from '../datasets/table/cell-text.ts';
import { words } from './words.ts';

type Row = { readonly key: number; readonly values: readonly unknown[] };

/** The first rows of a result. */
export function Results({ answer }: { readonly answer: OutputOf<'datasets.query'> }) {
  const rows = useMemo(() => rowsOf(answer.table, answer.columns.length), [answer]);
  const columns = useMemo(
    () =>
      answer.columns.map(({ name, type }, at): Column<Row> => ({
        id: `${at}`,
        title: name,
        about: typeWords(type).label,
        ...(typeWords(type).isNumber ? { align: 'right' } : {}),
        render({ values }) {
          const cell = cellText(values[at], type);
          return cell ? (
            <span title={cell.full}>{cell.text}</span>
          ) : (
            <span className="faint">{words.missing}</span>
          );
        },
      })),
    [answer],
  );
  if (rows.length === 0) return <p className="dim">{words.nothing}</p>;
  return (
    <div className="query__results">
      <DenseTable
        label={words.results}
        rows={rows}
        columns={columns}
        keyOf={({ key }) => `${key}`}
        maxHeight="52vh"
      />
    </div>
  );
}

function rowsOf(bytes: Uint8Array, width: number): Row[] {
  const table = tableFromIPC(bytes);
  const columns = Array.from({ length: width }, (_, at) => table.getChildAt(at));
  return Array.from({ length: table.numRows }, (_, key) => ({
    key,
    values: columns.map((column): unknown => column?.get(key)),
  }));
}
