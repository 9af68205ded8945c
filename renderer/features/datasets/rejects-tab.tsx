import { Button } from '@mantine/core';
import { CheckCircle2 } from 'lucide-react';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { locale, words } from './words.ts';

const pageSize = 200;

/** The rows that did not fit: where each stood, and why. */
export function RejectsTab({ dataset }: { dataset: string }) {
  const [offset, setOffset] = useState(0);
  const rejects = useFacts('datasets.rejects', { dataset, offset, limit: pageSize }, { keep: true });
  return (
    <Answer of={rejects} what={words.rejects.reading}>
      {({ total, rejects: rows }) =>
        total ? (
          <div className="stack">
            <p className="dim">{words.rejects.about(total, total.toLocaleString(locale))}</p>
            <DenseTable
              label={words.rejects.label}
              rows={rows}
              keyOf={(row) => `${row.line} ${row.column ?? ''} ${row.reason}`}
              columns={[
                {
                  id: 'line',
                  title: words.rejects.line,
                  align: 'right',
                  width: 90,
                  value: (row) => row.line,
                  render: (row) => row.line.toLocaleString(locale),
                },
                {
                  id: 'column',
                  title: words.rejects.column,
                  width: 140,
                  value: (row) => row.column,
                  render: (row) => row.column ?? <span className="faint">{words.rejects.wholeRow}</span>,
                },
                {
                  id: 'reason',
                  title: words.rejects.reason,
                  value: (row) => row.reason,
                  render: (row) => <span title={row.reason}>{row.reason}</span>,
                },
                {
                  id: 'text',
                  title: words.rejects.text,
                  render: (row) => <code title={row.text}>{row.text}</code>,
                },
              ]}
            />
            {total > pageSize ? (
              <div className="row">
                <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - pageSize))}>
                  {words.rejects.before}
                </Button>
                <Button disabled={offset + pageSize >= total} onClick={() => setOffset(offset + pageSize)}>
                  {words.rejects.next}
                </Button>
                <span className="dim small">
                  {words.rejects.place(
                    (offset + 1).toLocaleString(locale),
                    Math.min(offset + pageSize, total).toLocaleString(locale),
                    total.toLocaleString(locale),
                  )}
                </span>
              </div>
            ) : null}
          </div>
        ) : (
          <EmptyState icon={CheckCircle2}>{words.rejects.none}</EmptyState>
        )
      }
    </Answer>
  );
}
