import { Button, MultiSelect } from '@mantine/core';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import type { ComparedColumn } from '../../../preload/contract/checks.ts';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { go } from '../../ui/navigation/router.ts';
import { EmptyState } from '../../ui/state/empty-state.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal, type Tone } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { formatPercent } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { DatasetChoice, latestOf, useSchema } from './dataset-choice.tsx';
import type { CheckTabProps } from './view.tsx';
import { words } from './words.ts';

const { compare: text } = words;
const tones: Readonly<Record<ComparedColumn['verdict'], Tone>> = {
  alike: 'good',
  shifted: 'warn',
  'too-few': 'plain',
};

/** Whether another table is like the one a model was trained on, and where it is not. */
export function CompareTab({ datasets, asked }: CheckTabProps) {
  const all = datasets.flatMap(({ name, versions }) =>
    Array.from({ length: versions }, (_, i) => `${name}@${versions - i}`),
  );
  const [reference, setReference] = useState(latestOf(datasets, asked));
  const [other, setOther] = useState(all.find((one) => one !== reference) ?? '');
  const [exclude, setExclude] = useState<string[]>([]);
  const job = useJobCall('checks.compare');
  const columns = useSchema(reference).map(({ name }) => name);
  if (all.length < 2) {
    return (
      <EmptyState
        icon={Scale}
        action={
          <Button variant="filled" onClick={() => go('/data/import')}>
            {words.import}
          </Button>
        }
      >
        {text.needsTwo}
      </EmptyState>
    );
  }
  return (
    <div className="checks">
      <form
        className="stack checks__form"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ reference, other, exclude: exclude.filter((name) => columns.includes(name)) });
        }}
      >
        <DatasetChoice label={text.reference} datasets={datasets} value={reference} onChange={setReference} />
        <DatasetChoice label={text.other} datasets={datasets} value={other} onChange={setOther} />
        <MultiSelect
          label={text.exclude}
          description={text.excludeAbout}
          data={columns}
          value={exclude}
          searchable
          clearable
          onChange={setExclude}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={job.running} disabled={other === ''}>
            {text.run}
          </Button>
        </div>
      </form>
      <div className="stack">
        {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={text.running} /> : null}
        {job.result ? <Compared found={job.result} /> : null}
      </div>
    </div>
  );
}

function Compared({ found }: { found: OutputOf<'checks.compare'> }) {
  const { classifier, unlike } = found;
  const asides = [
    ...(classifier
      ? [text.classifier(classifier.auc.toFixed(3), classifier.low.toFixed(3), classifier.high.toFixed(3))]
      : []),
    ...(found.onlyInReference.length ? [text.onlyInReference(found.onlyInReference.join(', '))] : []),
    ...(found.onlyInOther.length ? [text.onlyInOther(found.onlyInOther.join(', '))] : []),
    ...found.retyped.map(({ name, reference, other }) => text.retyped(name, reference, other)),
    ...found.notes,
  ];
  return (
    <>
      <p role="status" className="row">
        <Seal tone={tones[found.verdict]} label={text.verdicts[found.verdict]} />
        <span>{found.sentence}</span>
      </p>
      <DenseTable
        label={text.table}
        rows={found.columns}
        keyOf={({ name }) => name}
        columns={[
          { id: 'name', title: words.column, value: ({ name }) => name, render: ({ name }) => name },
          {
            id: 'verdict',
            title: text.verdict,
            value: ({ verdict }) => verdict,
            render: ({ verdict }) => <Seal tone={tones[verdict]} label={text.verdicts[verdict]} />,
          },
          {
            id: 'effect',
            title: text.effect,
            align: 'right',
            value: ({ effect }) => effect?.value ?? null,
            render: ({ effect }) => <Num value={effect?.value} />,
          },
          {
            id: 'p',
            title: 'p',
            align: 'right',
            value: ({ adjusted }) => adjusted,
            render: ({ adjusted }) => <Num value={adjusted} />,
          },
          {
            id: 'psi',
            title: 'PSI',
            align: 'right',
            value: ({ psi }) => psi,
            render: ({ psi }) => <Num value={psi} />,
          },
          {
            id: 'js',
            title: 'JS',
            align: 'right',
            value: ({ js }) => js,
            render: ({ js }) => <Num value={js} />,
          },
          {
            id: 'says',
            title: text.says,
            render: ({ sentence }) => <span className="checks__sentence">{sentence}</span>,
          },
        ]}
      />
      {unlike.rows ? (
        <section className="stack" style={{ gap: 8 }}>
          <h2>{text.unlike(unlike.rows.toLocaleString(), formatPercent(unlike.share))}</h2>
          <DenseTable
            label={text.unlikeTable}
            rows={unlike.segments}
            keyOf={({ segment }) => segment}
            columns={[
              { id: 'segment', title: text.part, render: ({ segment }) => segment },
              {
                id: 'rows',
                title: text.rows,
                align: 'right',
                value: ({ rows }) => rows,
                render: ({ rows }) => rows.toLocaleString(),
              },
              {
                id: 'examples',
                title: text.examples,
                render: ({ examples }) => examples.map((row) => row.toLocaleString()).join(' · '),
              },
            ]}
          />
        </section>
      ) : null}
      {asides.map((aside) => (
        <p key={aside} className="small dim">
          {aside}
        </p>
      ))}
    </>
  );
}
