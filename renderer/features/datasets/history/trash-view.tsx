import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { RotateCcw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { TrashedVersion } from '../../../../preload/contract/datasets.ts';
import { useCall, useFacts } from '../../../api/facts.ts';
import { useJobCall } from '../../../api/jobs.ts';
import { go } from '../../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../../ui/page-head.tsx';
import { Answer } from '../../../ui/state/answer.tsx';
import { EmptyState } from '../../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { DenseTable } from '../../../ui/table/dense-table.tsx';
import { formatBytes } from '../../../ui/text/format.ts';
import { Moment } from '../../../ui/text/moment.tsx';
import { locale } from '../../../ui/text/words.ts';
import { words as all } from './words.ts';
import './history.css';

const words = all.bin;

/** Deleted versions: each can be brought back, or all of them removed for good. */
export function TrashView() {
  const trash = useFacts('datasets.trash', {});
  const [asking, setAsking] = useState(false);
  const restore = useCall('datasets.restore', (_, { dataset }) =>
    notifications.show({ message: words.restored(dataset) }),
  );
  const empty = useJobCall('datasets.empty', ({ removed }) =>
    notifications.show({ message: words.emptied(removed.bytes) }),
  );
  const count = trash.data?.versions.length ?? 0;
  return (
    <PageBody>
      <PageHead
        trail={[[words.data, '/data']]}
        title={words.title}
        facts={count ? [words.facts(count, trash.data?.frees ?? 0)] : []}
        actions={
          count ? (
            <Button leftSection={<Trash2 size={14} aria-hidden />} onClick={() => setAsking(true)}>
              {words.emptyIt}
            </Button>
          ) : null
        }
      />
      <div className="stack">
        {asking && count ? (
          <section className="panel" aria-label={words.emptyIt}>
            <div className="body stack">
              <p>{words.sure(count, trash.data?.frees ?? 0)}</p>
              <div className="row">
                <Button
                  variant="filled"
                  color="red.9"
                  loading={empty.running}
                  onClick={() => {
                    setAsking(false);
                    void empty.start({});
                  }}
                >
                  {words.yes}
                </Button>
                <Button onClick={() => setAsking(false)}>{words.no}</Button>
              </div>
            </div>
          </section>
        ) : null}
        {empty.running ? <JobProgress job={empty.job} /> : null}
        {empty.error ? <ErrorPanel error={empty.error} what={words.emptying} /> : null}
        {restore.error ? <ErrorPanel error={restore.error} what={words.restoring} /> : null}
        <Answer of={trash} what={words.reading}>
          {({ versions }) =>
            versions.length ? (
              <Versions versions={versions} onRestore={(dataset) => restore.mutate({ dataset })} />
            ) : (
              <EmptyState icon={Trash2} action={<Button onClick={() => go('/data')}>{words.back}</Button>}>
                {words.empty}
              </EmptyState>
            )
          }
        </Answer>
      </div>
    </PageBody>
  );
}

interface VersionsProps {
  readonly versions: readonly TrashedVersion[];
  readonly onRestore: (dataset: string) => void;
}

function exact({ dataset, version }: TrashedVersion): string {
  return `${dataset}@${version}`;
}

function Versions({ versions, onRestore }: VersionsProps) {
  return (
    <DenseTable
      label={words.table}
      rows={versions}
      keyOf={exact}
      columns={[
        { id: 'version', title: words.version, value: exact, render: (row) => <strong>{exact(row)}</strong> },
        {
          id: 'rows',
          title: words.rows,
          align: 'right',
          value: (row) => row.rows,
          render: (row) => row.rows.toLocaleString(locale),
        },
        {
          id: 'deleted',
          title: words.deleted,
          value: (row) => row.deleted,
          render: (row) => <Moment at={row.deleted} />,
        },
        { id: 'by', title: words.by, value: (row) => row.by, render: (row) => row.by },
        {
          id: 'reason',
          title: words.reason,
          render: (row) => row.reason ?? <span className="faint">{words.none}</span>,
        },
        {
          id: 'frees',
          title: words.frees,
          align: 'right',
          value: (row) => row.frees,
          render: (row) => formatBytes(row.frees),
        },
        {
          id: 'restore',
          title: '',
          width: 140,
          render: (row) => (
            <Button
              size="compact-xs"
              leftSection={<RotateCcw size={12} aria-hidden />}
              aria-label={words.restoreOne(exact(row))}
              onClick={() => onRestore(exact(row))}
            >
              {words.restore}
            </Button>
          ),
        },
      ]}
    />
  );
}
