import { Button, Textarea } from '@mantine/core';
import { Failure } from '../../../preload/contract/failure.ts';
import { useState } from 'react';
import { useCall, useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { DatasetChoice, latestOf } from './dataset-choice.tsx';
import { SuiteResults } from './suite-results.tsx';
import type { CheckTabProps } from './view.tsx';
import { words } from './words.ts';

const { suite: text } = words;

/** A dataset's suite of checks: suggested, edited, saved, run on a version. */
export function SuiteTab({ datasets, asked }: CheckTabProps) {
  const [reference, setReference] = useState(latestOf(datasets, asked));
  const dataset = reference.replace(/@[^@]*$/, '');
  const own = useFacts('checks.suite', { dataset });
  const missing = own.error instanceof Failure && own.error.code === 'suite-missing';
  const [written, setWritten] = useState<string | null>(null);
  const yaml = written ?? own.data?.suite.yaml ?? '';
  const suggest = useJobCall('checks.suggest', (output) => setWritten(output.yaml));
  const save = useCall('checks.save', () => setWritten(null));
  const run = useJobCall('checks.run');
  const unsaved = written !== null && written !== own.data?.suite.yaml;
  return (
    <div className="checks">
      <form
        className="stack checks__form"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ dataset, suite: yaml });
        }}
      >
        <DatasetChoice
          label={words.dataset}
          datasets={datasets}
          value={reference}
          onChange={(chosen) => {
            setReference(chosen);
            setWritten(null);
            run.reset();
            save.reset();
          }}
        />
        {missing && written === null ? <p className="small dim">{text.none}</p> : null}
        <Textarea
          label={text.text}
          description={text.textAbout}
          value={yaml}
          autosize
          minRows={8}
          maxRows={26}
          styles={{ input: { fontFamily: 'var(--mono)', fontSize: 12, whiteSpace: 'pre' } }}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
        <div className="row">
          <Button loading={suggest.running} onClick={() => void suggest.start({ dataset: reference })}>
            {text.suggest}
          </Button>
          <Button
            type="submit"
            variant="filled"
            disabled={!unsaved || yaml.trim() === ''}
            loading={save.isPending}
          >
            {text.save}
          </Button>
        </div>
        {save.data && !unsaved ? (
          <p role="status" className="small">
            {save.data.added ? text.saved(save.data.suite.version) : text.unchanged}
          </p>
        ) : null}
        {suggest.error ? <ErrorPanel error={suggest.error} what={text.suggesting} /> : null}
        {save.error ? <ErrorPanel error={save.error} what={text.saving} /> : null}
      </form>
      <div className="stack">
        <div className="row">
          <Button
            disabled={missing || unsaved}
            loading={run.running}
            onClick={() => void run.start({ dataset: reference })}
          >
            {text.run}
          </Button>
        </div>
        {run.running ? <JobProgress job={run.job} onCancel={run.cancel} /> : null}
        {run.error ? <ErrorPanel error={run.error} what={text.running} /> : null}
        <SuiteResults reference={reference} />
      </div>
    </div>
  );
}
