import { Button } from '@mantine/core';
import { useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatInstant } from '../../ui/text/format.ts';
import { ShortId } from '../../ui/text/short-id.tsx';
import { locale } from '../../ui/text/words.ts';
import { MachineTabs } from './tabs.tsx';
import { words } from './words.ts';

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
      <PageHead title={words.journal} facts={[words.records.appendOnly, words.records.chained]} />
      <MachineTabs active="journal" />
      <Answer of={journal} what={words.records.reading}>
        {({ records }) => {
          const last = records.at(-1);
          return (
            <div className="stack journal">
              <DenseTable
                label={words.journal}
                rows={records}
                keyOf={(record) => String(record.seq)}
                columns={[
                  {
                    id: 'seq',
                    title: words.records.number,
                    align: 'right',
                    width: 60,
                    render: (record) => record.seq.toLocaleString(locale),
                  },
                  {
                    id: 'at',
                    title: words.records.when,
                    width: 170,
                    render: (record) => formatInstant(record.at),
                  },
                  { id: 'by', title: words.records.who, width: 120, render: (record) => record.by },
                  {
                    id: 'action',
                    title: words.records.what,
                    width: 180,
                    render: (record) => <code>{record.action}</code>,
                  },
                  {
                    id: 'subjects',
                    title: words.records.of,
                    render: (record) => (
                      <span title={record.subjects.join(', ')}>{record.subjects.join(', ')}</span>
                    ),
                  },
                  {
                    id: 'hash',
                    title: words.records.hash,
                    width: 120,
                    render: (record) => (
                      <ShortId id={record.hash} length={10} label={words.records.hashLabel} />
                    ),
                  },
                ]}
              />
              <div className="row">
                <Button disabled={before === null} onClick={() => setBefore(null)}>
                  {words.records.newest}
                </Button>
                <Button
                  disabled={records.length < pageSize || !last}
                  onClick={() => setBefore(last?.seq ?? null)}
                >
                  {words.records.older}
                </Button>
              </div>
            </div>
          );
        }}
      </Answer>
    </PageBody>
  );
}
