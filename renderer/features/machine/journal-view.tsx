import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { MachineTabs } from './tabs.tsx';

const pageSize = 200;

/** Who did what, newest first; each record is chained by hash to the one before. */
export function JournalView() {
  const [before, setBefore] = useState<number | null>(null);
  const journal = useFacts(
    'lineage.journal',
    { limit: pageSize, ...(before === null ? {} : { before }) },
    { keep: true },
  );
  return (
    <PageBody>
      <PageHead title="Journal" facts={['append-only', 'each record is chained by hash to the one before']} />
      <MachineTabs active="journal" />
      <Answer of={journal} what="Reading the journal">
        {({ records }) => {
          const last = records.at(-1);
          return (
            <div className="stack">
              <DenseTable
                label="Journal"
                rows={records}
                keyOf={(record) => String(record.seq)}
                columns={[
                  {
                    id: 'seq',
                    title: 'No.',
                    align: 'right',
                    width: 60,
                    render: (record) => record.seq.toLocaleString(),
                  },
                  { id: 'at', title: 'When', width: 170, render: (record) => formatInstant(record.at) },
                  { id: 'by', title: 'Who', width: 120, render: (record) => record.by },
                  {
                    id: 'action',
                    title: 'What',
                    width: 180,
                    render: (record) => <code>{record.action}</code>,
                  },
                  {
                    id: 'subjects',
                    title: 'Of',
                    render: (record) => (
                      <span title={record.subjects.join(', ')}>{record.subjects.join(', ')}</span>
                    ),
                  },
                  {
                    id: 'hash',
                    title: 'Hash',
                    width: 140,
                    render: (record) => <ShortId id={record.hash} label="record hash" />,
                  },
                ]}
              />
              <div className="row">
                <Button disabled={before === null} onClick={() => setBefore(null)}>
                  Newest
                </Button>
                <Button
                  disabled={records.length < pageSize || !last}
                  onClick={() => setBefore(last?.seq ?? null)}
                >
                  Older
                </Button>
              </div>
            </div>
          );
        }}
      </Answer>
    </PageBody>
  );
}
