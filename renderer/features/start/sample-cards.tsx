import { Button } from '@mantine/core';
import { useFacts } from '../../api/facts.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { askToLeave } from '../../ui/state/leaving.ts';
import { useOpenSample } from './use-open-sample.ts';
import { words } from './words.ts';

/** The tables that ship with the app, each one click away from its rows. */
export function SampleCards() {
  const samples = useFacts('system.samples', {});
  const { opening, job, cancel, error, open } = useOpenSample();
  return (
    <section aria-label={words.samples.title}>
      <h2>{words.samples.title}</h2>
      <p className="small dim start__title">{words.samples.about}</p>
      <Answer of={samples} what={words.samples.reading} lines={3}>
        {(data) => (
          <ul className="samples">
            {data.samples.map((sample) => (
              <li key={sample.id}>
                <strong lang="en">{sample.title}</strong>
                <span className="small dim">{words.samples.size(sample.rows, sample.columns)}</span>
                <p className="small grow" lang="en">
                  {sample.doc}
                </p>
                <p className="small faint" lang="en">
                  {sample.source}
                </p>
                <Button
                  aria-label={words.samples.open(sample.title)}
                  loading={opening?.id === sample.id}
                  disabled={opening !== null && opening.id !== sample.id}
                  onClick={() => askToLeave(() => open(sample))}
                >
                  {words.form.open}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {opening && job ? <JobProgress job={job} stops={words.samples.kept} onCancel={cancel} /> : null}
      {error ? <ErrorPanel error={error} what={words.samples.preparing} /> : null}
    </section>
  );
}
