import { Button } from '@mantine/core';
import { useJobCall } from '../../api/jobs.ts';
import { FigureCard } from '../../ui/plot/figure-card.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { words } from './analysis-words.ts';

/** How good the recipe is on parts of the training rows; trained when the person asks. */
export function SizesPanel({ run }: { run: string }) {
  const sizes = useJobCall('evaluation.sizes');
  return (
    <section className="stack" style={{ gap: 8 }} aria-label={words.sizes.title}>
      <div className="row">
        <div className="grow">
          <h2>{words.sizes.title}</h2>
          <p className="dim">{words.sizes.about}</p>
        </div>
        <Button loading={sizes.running} onClick={() => void sizes.start({ run })}>
          {words.sizes.run}
        </Button>
      </div>
      {sizes.running ? <JobProgress job={sizes.job} onCancel={sizes.cancel} /> : null}
      {sizes.error ? <ErrorPanel error={sizes.error} what={words.sizes.running} /> : null}
      {sizes.result ? (
        <>
          <FigureCard figure={sizes.result.figure} />
          {sizes.result.notes.map((note) => (
            <p key={note} className="dim">
              {note}
            </p>
          ))}
        </>
      ) : null}
    </section>
  );
}
