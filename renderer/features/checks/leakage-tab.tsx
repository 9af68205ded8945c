import { Button, MultiSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { LeakageFinding } from '../../../preload/contract/recipes.ts';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { Seal, type Tone } from '../../ui/state/seal.tsx';
import { DenseTable } from '../../ui/table/dense-table.tsx';
import { DatasetChoice, latestOf, useSchema } from './dataset-choice.tsx';
import type { CheckTabProps } from './view.tsx';
import { words } from './words.ts';

const { leakage: text } = words;
const tones: Readonly<Record<LeakageFinding['severity'], Tone>> = {
  note: 'plain',
  warn: 'warn',
  block: 'bad',
};

/** What a model trained by a recipe would know of its test rows, or of the answer, already. */
export function LeakageTab({ datasets, asked }: CheckTabProps) {
  const [dataset, setDataset] = useState(latestOf(datasets, asked));
  const schema = useSchema(dataset);
  const [written, setWritten] = useState<string | null>(null);
  const recipe = written ?? `target: ${schema.at(-1)?.name ?? ''}\nfamily: linear\n`;
  const [notKnown, setNotKnown] = useState<string[]>([]);
  const job = useJobCall('recipes.leakage');
  const names = schema.map(({ name }) => name);
  const declared =
    useFacts('datasets.show', { dataset }, { when: dataset !== '' }).data?.notKnown.map(
      ({ column }) => column,
    ) ?? [];
  return (
    <div className="checks">
      <form
        className="stack checks__form"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ dataset, recipe, notKnown: notKnown.filter((name) => names.includes(name)) });
        }}
      >
        <DatasetChoice
          label={words.dataset}
          datasets={datasets}
          value={dataset}
          onChange={(chosen) => {
            setDataset(chosen);
            job.reset();
          }}
        />
        <Textarea
          label={text.recipe}
          description={text.recipeAbout}
          value={recipe}
          autosize
          minRows={4}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--mono)' } }}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <MultiSelect
          label={text.notKnown}
          description={declared.length ? text.declared(declared.join(', ')) : undefined}
          data={names}
          value={notKnown}
          searchable
          clearable
          onChange={setNotKnown}
        />
        <div className="row">
          <Button type="submit" variant="filled" loading={job.running} disabled={recipe.trim() === ''}>
            {text.run}
          </Button>
        </div>
      </form>
      <div className="stack">
        {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={text.running} /> : null}
        {job.result ? <Findings findings={job.result.findings} /> : null}
      </div>
    </div>
  );
}

function Findings({ findings }: { findings: readonly LeakageFinding[] }) {
  if (!findings.length) {
    return (
      <p role="status">
        <Seal tone="good" label={text.none} />
      </p>
    );
  }
  return (
    <DenseTable
      label={text.table}
      rows={findings}
      keyOf={({ kind, columns }) => `${kind} ${columns.join(' ')}`}
      columns={[
        {
          id: 'severity',
          title: text.severity,
          width: 110,
          render: ({ severity }) => <Seal tone={tones[severity]} label={text.severities[severity]} />,
        },
        { id: 'kind', title: text.what, width: 220, render: ({ kind }) => text.kinds[kind] },
        {
          id: 'says',
          title: text.says,
          render: ({ sentence }) => <span className="checks__sentence">{sentence}</span>,
        },
        {
          id: 'examples',
          title: text.examples,
          width: 150,
          render: ({ examples }) =>
            examples
              .map(({ row, trainRow }) =>
                trainRow === null
                  ? row.toLocaleString()
                  : `${row.toLocaleString()} = ${trainRow.toLocaleString()}`,
              )
              .join(' · '),
        },
      ]}
    />
  );
}
