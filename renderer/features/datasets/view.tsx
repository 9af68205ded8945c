import { Button } from '@mantine/core';
import { DatabaseZap, FilePlus2, Table2 } from 'lucide-react';
import type { Dataset } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { Answer } from '../../ui/state/answer.tsx';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal } from '../../ui/state/seal.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { words as queryWords } from '../query/words.ts';
import { MiniHistogram } from './profile/mini-histogram.tsx';
import { useImportSample } from './use-import-sample.ts';
import { locale, words } from './words.ts';
import './datasets.css';

const count = (value: number) => value.toLocaleString(locale);

/** Every dataset of the workspace. */
export function DatasetsView() {
  const datasets = useFacts('datasets.list', {});
  const sample = useImportSample();
  const known = datasets.data?.datasets.length ?? 0;
  const any = known > 0;
  return (
    <PageBody>
      <PageHead
        title={words.title}
        facts={any ? [words.datasets(known, count(known)), words.dropHint] : []}
        actions={
          any ? (
            <>
              <Button leftSection={<DatabaseZap size={14} aria-hidden />} onClick={() => go('/data/query')}>
                {queryWords.title}
              </Button>
              <ImportButton />
            </>
          ) : null
        }
      />
      <Answer of={datasets} what={words.reading}>
        {(data) =>
          data.datasets.length ? (
            <ul className="datasets">
              {data.datasets.map((dataset) => (
                <DatasetCard key={dataset.name} dataset={dataset} />
              ))}
            </ul>
          ) : (
            <EmptyState
              icon={Table2}
              action={<ImportButton />}
              link={
                <button type="button" className="link" onClick={sample.start} disabled={sample.running}>
                  {words.sample(sample.title)}
                </button>
              }
            >
              {words.empty}
            </EmptyState>
          )
        }
      </Answer>
      {sample.running ? <JobProgress job={sample.job} /> : null}
      {sample.error ? <ErrorPanel error={sample.error} what={words.importingSample} /> : null}
    </PageBody>
  );
}

function ImportButton() {
  return (
    <Button
      variant="filled"
      leftSection={<FilePlus2 size={14} aria-hidden />}
      onClick={() => go('/data/import')}
    >
      {words.importFile}
    </Button>
  );
}

function DatasetCard({ dataset }: { dataset: Dataset }) {
  const { latest } = dataset;
  const profile = useFacts('datasets.profile', { dataset: `${dataset.name}@${latest.version}` });
  return (
    <li>
      <a href={`#${pathOf('data', dataset.name)}`} className="datasets__card">
        <span className="datasets__name">
          <strong>{dataset.name}</strong>
          <span className="dim small">
            {words.versionOf(latest.version, dataset.versions)} · <Moment at={latest.created} />
          </span>
        </span>
        <span className="datasets__size">
          <span>{words.rows(latest.snapshot.rows, count(latest.snapshot.rows))}</span>
          <span className="dim small">
            {words.columns(latest.snapshot.columns, count(latest.snapshot.columns))}
          </span>
        </span>
        <span className="datasets__source small dim truncate">
          {latest.source ? `${latest.source.file}, ${formatBytes(latest.source.size)}` : words.madeHere}
        </span>
        <span className="datasets__shapes" aria-hidden>
          {profile.data?.columns.slice(0, 8).map((column) => (
            <MiniHistogram key={column.name} profile={column} width={44} height={24} />
          ))}
        </span>
        <span className="datasets__seal">
          {latest.snapshot.rejected ? (
            <Seal
              tone="warn"
              label={words.rejected(count(latest.snapshot.rejected))}
              title={words.rejectedAbout}
            />
          ) : (
            <Seal tone="good" label={words.allFit} />
          )}
        </span>
      </a>
    </li>
  );
}
