import { FileText } from 'lucide-react';
import type { OutputOf } from '../../api/methods.ts';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { Missing, Num } from '../../ui/text/num.tsx';
import { words } from './words.ts';

interface Row {
  readonly at: number;
  readonly cells: Table['rows'][number];
}

type Table = OutputOf<'training.show'>['report'][number];

/** What the kind of model says about itself: coefficients and the like. */
export function ReportTab({ report }: { report: readonly Table[] }) {
  if (!report.length) {
    return <EmptyState icon={FileText}>{words.run.noReport}</EmptyState>;
  }
  return (
    <div className="stack">
      {report.map((table) => (
        <section key={table.title} className="stack" style={{ gap: 4 }}>
          <h2>{table.title}</h2>
          {table.notes.map((note) => (
            <p key={note} className="dim small">
              {note}
            </p>
          ))}
          <ReportTable table={table} />
        </section>
      ))}
    </div>
  );
}

function ReportTable({ table }: { table: Table }) {
  const numeric = table.columns.map((_, c) => table.rows.some((row) => typeof row[c] === 'number'));
  const rows: readonly Row[] = table.rows.map((cells, at) => ({ at, cells }));
  return (
    <DenseTable
      label={table.title}
      rows={rows}
      keyOf={(row) => String(row.at)}
      maxHeight={520}
      columns={table.columns.map((title, c) => ({
        id: `${c}`,
        title,
        ...(numeric[c] ? { align: 'right' as const } : {}),
        value: (row: Row) => row.cells[c] ?? null,
        render: (row: Row) => {
          const cell = row.cells[c];
          if (typeof cell === 'number') return <Num value={cell} />;
          return cell === null || cell === undefined ? (
            <Missing word="–" />
          ) : (
            <span title={cell}>{cell}</span>
          );
        },
      }))}
    />
  );
}
