import { Button } from '@mantine/core';
import { FileDown, FilePlus2, GitBranch, Play, ScanSearch } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFacts } from '../../api/facts.ts';
import { ActionButton } from '../../ui/actions/action-button.tsx';
import { useOfferActions } from '../../ui/actions/shown-actions.ts';
import { LinkTabs } from '../../ui/navigation/link-tabs.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { Moment } from '../../ui/text/moment.tsx';
import { ShortId } from '../../ui/text/short-id.tsx';
import { ChecksSeal } from '../checks/checks-seal.tsx';
import { useImportDraft } from './importing/store.ts';
import { ExportDialog } from './export-dialog.tsx';
import { HistoryTab } from './history/history-tab.tsx';
import { RelationsTab } from './profile/relations-tab.tsx';
import { RejectsTab } from './rejects-tab.tsx';
import { ProfileTab } from './profile/profile-tab.tsx';
import { DataGrid } from './table/data-grid.tsx';
import { locale, words } from './words.ts';
import './datasets.css';

const count = (value: number) => value.toLocaleString(locale);

/** One version of a dataset: its rows, what is in them, and where they came from. */
export function DatasetView({ params, query }: PageProps) {
  const ref = params['dataset'] ?? '';
  const tab = params['tab'] ?? 'table';
  const shown = useFacts('datasets.show', { dataset: ref });
  const name = ref.split('@')[0] ?? ref;
  const [exporting, setExporting] = useState(false);
  const actions = useMemo(
    () => [
      {
        id: 'dataset-train',
        label: words.train,
        icon: Play,
        shortcut: 't',
        perform: () => go(`/train?dataset=${encodeURIComponent(ref)}`),
      },
      {
        id: 'dataset-lineage',
        label: words.showLineage,
        icon: GitBranch,
        perform: () => go(pathOf('lineage', ref)),
      },
      {
        id: 'dataset-check',
        label: words.check,
        icon: ScanSearch,
        perform: () => go(`/checks?dataset=${encodeURIComponent(ref)}`),
      },
      {
        id: 'dataset-export',
        label: words.exporting.action,
        icon: FileDown,
        perform: () => setExporting(true),
      },
      {
        id: 'dataset-next-version',
        label: words.next,
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
      <Answer of={shown} what={words.readingOne}>
        {({ version, versions, schema }) => {
          const exact = `${name}@${version.version}`;
          const path = (to: string) => pathOf('data', ref, to);
          return (
            <>
              <PageHead
                trail={[[words.title, '/data']]}
                title={name}
                seals={
                  <>
                    <ChecksSeal dataset={exact} />
                    {version.snapshot.rejected ? (
                      <Seal
                        tone="warn"
                        label={words.rejectedRows(
                          version.snapshot.rejected,
                          count(version.snapshot.rejected),
                        )}
                        onOpen={() => go(path('rejected'))}
                      />
                    ) : (
                      <Seal tone="good" label={words.allFit} title={words.allFitAbout} />
                    )}
                  </>
                }
                facts={[
                  words.versionOf(version.version, versions.length),
                  words.rows(version.snapshot.rows, count(version.snapshot.rows)),
                  words.columns(version.snapshot.columns, count(version.snapshot.columns)),
                  <ShortId key="id" id={version.snapshot.id} label={words.snapshotId} />,
                  <Moment key="at" at={version.created} />,
                  version.source ? words.from(version.source.file) : null,
                ]}
                actions={
                  <>
                    {actions.slice(1, 2).map((action) => (
                      <Button
                        key={action.id}
                        leftSection={<GitBranch size={14} aria-hidden />}
                        onClick={action.perform}
                      >
                        {words.lineage}
                      </Button>
                    ))}
                    {actions.slice(2, 3).map((action) => (
                      <ActionButton key={action.id} action={action} />
                    ))}
                    <Button
                      leftSection={<FileDown size={14} aria-hidden />}
                      onClick={() => setExporting(true)}
                    >
                      {words.exporting.short}
                    </Button>
                    {actions.slice(0, 1).map((action) => (
                      <ActionButton key={action.id} action={action} primary />
                    ))}
                  </>
                }
              />
              <ExportDialog dataset={exact} opened={exporting} onClose={() => setExporting(false)} />
              <LinkTabs
                label={words.tabsLabel}
                active={tab}
                tabs={[
                  { id: 'table', label: words.tabs.table, path: pathOf('data', ref) },
                  { id: 'profile', label: words.tabs.profile, path: path('profile') },
                  { id: 'relations', label: words.tabs.relations, path: path('relations') },
                  {
                    id: 'rejected',
                    label: words.tabs.rejected,
                    path: path('rejected'),
                    count: version.snapshot.rejected,
                  },
                  { id: 'history', label: words.tabs.history, path: path('history'), count: versions.length },
                ]}
              />
              <div className="dataset-tab">
                {tab === 'table' ? (
                  <DataGrid dataset={exact} schema={schema} rows={version.snapshot.rows} query={query} />
                ) : null}
                {tab === 'profile' ? <ProfileTab dataset={exact} /> : null}
                {tab === 'relations' ? <RelationsTab dataset={exact} /> : null}
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
