import { Button } from '@mantine/core';
import { useState } from 'react';
import { useJobCall } from '../../../api/jobs.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { DatasetChoice, latestOf, useSchema } from '../dataset-choice.tsx';
import type { CheckTabProps } from '../view.tsx';
import { words as checkWords } from '../words.ts';
import { AnonymityCard } from './anonymity-card.tsx';
import { ErasureCard } from './erasure-card.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { stepOf, type TreatmentDraft } from './treatment-draft.ts';
import { words } from './words.ts';

/** Personal data: where it is, what becomes of it, and how well the rows hide then. */
export function PrivacyTab({ datasets, asked }: CheckTabProps) {
  const [dataset, setDataset] = useState(latestOf(datasets, asked));
  const [drafts, setDrafts] = useState<Readonly<Record<string, TreatmentDraft>>>({});
  const scan = useJobCall('privacy.scan');
  const treat = useJobCall('privacy.treat');
  const columns = useSchema(dataset).map(({ name }) => name);
  const found = scan.result;
  const steps = Object.entries(drafts).flatMap(([column, draft]) => stepOf(column, draft));
  const name = dataset.slice(0, dataset.lastIndexOf('@'));
  const versions = datasets
    .filter((one) => one.name === name)
    .flatMap((one) => Array.from({ length: one.versions }, (_, i) => `${name}@${one.versions - i}`))
    .filter((version) => version !== dataset);
  const made = treat.result ? `${treat.result.dataset}@${treat.result.version}` : '';
  const choose = (version: string): void => {
    setDataset(version);
    setDrafts({});
    scan.reset();
    treat.reset();
  };
  return (
    <div className="stack">
      <form
        className="row privacy__choice"
        onSubmit={(event) => {
          event.preventDefault();
          treat.reset();
          void scan.start({ dataset });
        }}
      >
        <DatasetChoice label={checkWords.dataset} datasets={datasets} value={dataset} onChange={choose} />
        <Button type="submit" variant="filled" loading={scan.running}>
          {words.scan}
        </Button>
      </form>
      {scan.running ? <JobProgress job={scan.job} onCancel={scan.cancel} /> : null}
      {scan.error ? <ErrorPanel error={scan.error} what={words.scanning} /> : null}
      {found ? (
        <>
          <p role="status">
            {found.personal === 0
              ? words.none(found.columns.length.toLocaleString())
              : words.found(
                  found.personal.toLocaleString(),
                  found.columns.length.toLocaleString(),
                  found.rows.toLocaleString(),
                )}
          </p>
          <ColumnsTable
            columns={found.columns}
            drafts={drafts}
            onChange={(column, draft) => setDrafts({ ...drafts, [column]: draft })}
          />
          <div className="row">
            <Button
              disabled={steps.length === 0}
              loading={treat.running}
              onClick={() => void treat.start({ dataset, steps })}
            >
              {words.treat}
            </Button>
            <span className="small dim">{words.noise}</span>
          </div>
        </>
      ) : null}
      {treat.running ? <JobProgress job={treat.job} onCancel={treat.cancel} /> : null}
      {treat.error ? <ErrorPanel error={treat.error} what={words.treating} /> : null}
      {treat.result ? (
        <div className="row">
          <p role="status">
            {words.made(made, `${treat.result.parent.dataset}@${treat.result.parent.version}`)}
          </p>
          <Button onClick={() => choose(made)}>{words.use(made)}</Button>
        </div>
      ) : null}
      <AnonymityCard key={dataset} dataset={dataset} columns={columns} versions={versions} />
      <ErasureCard key={`erase ${dataset}`} dataset={dataset} columns={columns} />
    </div>
  );
}
