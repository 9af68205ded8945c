import { Button } from '@mantine/core';
import { FilePlus2, GitBranch, Play } from 'lucide-react';
import { useMemo } from 'react';
import { useFacts } from '../../api/facts.ts';
import { ActionButton } from '../../ui/actions/action-button.tsx';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { plural } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { useImportDraft } from './importing/store.ts';
import { HistoryTab } from './history/history-tab.tsx';
import { RejectsTab } from './rejects-tab.tsx';
import { SummaryTab } from './summary-tab.tsx';
import { DataGrid } from './table/data-grid.tsx';
import './datasets.css';

/** One version of a dataset: its rows, what is in them, and where they came from. */
export function DatasetView({ params, query }: PageProps) {
  const ref = params['dataset'] ?? '';
  const tab = params['tab'] ?? 'table';
  const shown = useFacts('datasets.show', { dataset: ref });
  const name = ref.split('@')[0] ?? ref;
  const actions = useMemo(
    () => [
      {
        id: 'dataset-train',
        label: 'Train a model',
        icon: Play,
        shortcut: 't',
        perform: () => go(`/train?dataset=${encodeURIComponent(ref)}`),
      },
      {
        id: 'dataset-lineage',
        label: 'Show its lineage',
        icon: GitBranch,
        perform: () => go(pathOf('lineage', ref)),
      },
      {
        id: 'dataset-next-version',
        label: 'Import the next version',
        icon: FilePlus2,
        perform: () => {
          useImportDraft.getState().begin({ name });
          go('/data/import');
        },
      },
    ],
    [ref, name],
  );
  useOfferActions('dataset', actions);
  return (
    <PageBody fills={tab === 'table'}>
      <Answer of={shown} what="Reading the dataset">
        {({ version, versions, schema }) => {
          const exact = `${name}@${version.version}`;
          const path = (to: string) => pathOf('data', ref, to);
          return (
            <>
              <PageHead
                trail={[['Data', '/data']]}
                title={name}
                seals={
                  version.snapshot.rejected ? (
                    <Seal
                      tone="warn"
                      label={`${plural(version.snapshot.rejected, 'row')} rejected`}
                      onOpen={() => go(path('rejected'))}
                    />
                  ) : (
                    <Seal tone="good" label="all rows fit" title="every row of the file is in the snapshot" />
                  )
                }
                facts={[
                  `version ${version.version}${versions.length > 1 ? ` of ${versions.length}` : ''}`,
                  plural(version.snapshot.rows, 'row'),
                  plural(version.snapshot.columns, 'column'),
                  <ShortId key="id" id={version.snapshot.id} label="snapshot id" />,
                  <Moment key="at" at={version.created} />,
                  version.source ? `from ${version.source.file}` : null,
                ]}
                actions={
                  <>
                    {actions.slice(1, 2).map((action) => (
                      <Button
                        key={action.id}
                        leftSection={<GitBranch size={14} aria-hidden />}
                        onClick={action.perform}
                      >
                        Lineage
                      </Button>
                    ))}
                    {actions.slice(0, 1).map((action) => (
                      <ActionButton key={action.id} action={action} primary />
                    ))}
                  </>
                }
              />
              <LinkTabs
                label="Dataset"
                active={tab}
                tabs={[
                  { id: 'table', label: 'Table', path: pathOf('data', ref) },
                  { id: 'summary', label: 'Summary', path: path('summary') },
                  {
                    id: 'rejected',
                    label: 'Rejected rows',
                    path: path('rejected'),
                    count: version.snapshot.rejected,
                  },
                  { id: 'history', label: 'History', path: path('history'), count: versions.length },
                ]}
              />
              <div className="dataset-tab">
                {tab === 'table' ? (
                  <DataGrid dataset={exact} schema={schema} rows={version.snapshot.rows} query={query} />
                ) : null}
                {tab === 'summary' ? <SummaryTab dataset={exact} /> : null}
                {tab === 'rejected' ? <RejectsTab dataset={exact} /> : null}
                {tab === 'history' ? (
                  <HistoryTab name={name} current={version.version} versions={versions} schema={schema} />
                ) : null}
              </div>
            </>
          );
        }}
      </Answer>
    </PageBody>
  );
}
