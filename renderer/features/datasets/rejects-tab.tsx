import { Button } from '@mantine/core';
import { CheckCircle2 } from 'lucide-react';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { plural } from '../../ui/text/format.ts';

const pageSize = 200;

/** The rows that did not fit: where each stood, and why. */
export function RejectsTab({ dataset }: { dataset: string }) {
  const [offset, setOffset] = useState(0);
  const rejects = useFacts('datasets.rejects', { dataset, offset, limit: pageSize }, { keep: true });
  return (
    <Answer of={rejects} what="Reading the rejected rows">
      {({ total, rejects: rows }) =>
        total ? (
          <div className="stack">
            <p className="dim">
              {plural(total, 'row')} of the file did not fit and {total === 1 ? 'is' : 'are'} not in the
              snapshot. Mend the file, or other types and options at the next import, and import it again.
            </p>
            <DenseTable
              label="Rejected rows"
              rows={rows}
              keyOf={(row) => `${row.line} ${row.column ?? ''} ${row.reason}`}
              columns={[
                {
                  id: 'line',
                  title: 'Line',
                  align: 'right',
                  width: 90,
                  value: (row) => row.line,
                  render: (row) => row.line.toLocaleString(),
                },
                {
                  id: 'column',
                  title: 'Column',
                  width: 140,
                  value: (row) => row.column,
                  render: (row) => row.column ?? <span className="faint">whole row</span>,
                },
                {
                  id: 'reason',
                  title: 'Reason',
                  value: (row) => row.reason,
                  render: (row) => <span title={row.reason}>{row.reason}</span>,
                },
                {
                  id: 'text',
                  title: 'Text of the row',
                  render: (row) => <code title={row.text}>{row.text}</code>,
                },
              ]}
            />
            {total > pageSize ? (
              <div className="row">
                <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
                  Before
                </Button>
                <Button disabled={offset + pageSize >= total} onClick={() => setOffset(offset + pageSize)}>
                  Next
                </Button>
                <span className="dim small">
                  {(offset + 1).toLocaleString()} to {Math.min(offset + pageSize, total).toLocaleString()} of{' '}
                  {total.toLocaleString()}
                </span>
              </div>
            ) : null}
          </div>
        ) : (
          <EmptyState icon={CheckCircle2}>
            Every row of the file fits; rows that do not would be listed here with line, column and reason.
          </EmptyState>
        )
      }
    </Answer>
  );
}
