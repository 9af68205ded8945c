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
import { formatBytes, plural } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { words as queryWords } from '../query/words.ts';
import { MiniHistogram } from './mini-histogram.tsx';
import { useImportSample } from './use-import-sample.ts';
import './datasets.css';

/** Every dataset of the workspace. */
export function DatasetsView() {
  const datasets = useFacts('datasets.list', {});
  const sample = useImportSample();
  const any = (datasets.data?.datasets.length ?? 0) > 0;
  return (
    <PageBody>
      <PageHead
        title="Data"
        facts={
          any
            ? [plural(datasets.data?.datasets.length ?? 0, 'dataset'), 'drop a file anywhere to import it']
            : []
        }
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
      <Answer of={datasets} what="Reading the datasets">
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
                  or import the sample: {sample.title}
                </button>
              }
            >
              Your datasets will be listed here. Drop a file anywhere in this window, or choose one.
            </EmptyState>
          )
        }
      </Answer>
      {sample.running ? <JobProgress job={sample.job} /> : null}
      {sample.error ? <ErrorPanel error={sample.error} what="Importing the sample" /> : null}
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
      Import a file
    </Button>
  );
}

function DatasetCard({ dataset }: { dataset: Dataset }) {
  const { latest } = dataset;
  const summary = useFacts('datasets.summary', { dataset: `${dataset.name}@${latest.version}` });
  return (
    <li>
      <a href={`#${pathOf('data', dataset.name)}`} className="datasets__card">
        <span className="datasets__name">
          <strong>{dataset.name}</strong>
          <span className="dim small">
            version {latest.version}
            {dataset.versions > 1 ? ` of ${dataset.versions}` : ''} · <Moment at={latest.created} />
          </span>
        </span>
        <span className="datasets__size">
          <span>{plural(latest.snapshot.rows, 'row')}</span>
          <span className="dim small">{plural(latest.snapshot.columns, 'column')}</span>
        </span>
        <span className="datasets__source small dim truncate">
          {latest.source ? `${latest.source.file}, ${formatBytes(latest.source.size)}` : 'made here'}
        </span>
        <span className="datasets__shapes" aria-hidden>
          {summary.data?.columns.slice(0, 8).map((column) => (
            <MiniHistogram key={column.name} summary={column} width={44} height={24} />
          ))}
        </span>
        <span className="datasets__seal">
          {latest.snapshot.rejected ? (
            <Seal
              tone="warn"
              label={`${latest.snapshot.rejected.toLocaleString()} rejected`}
              title="rows that did not fit when it was imported"
            />
          ) : (
            <Seal tone="good" label="all rows fit" />
          )}
        </span>
      </a>
    </li>
  );
}
