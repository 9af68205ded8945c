import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { words as many } from './many-words.ts';

const text = many.read;

/** Reads the history of MLflow into the table of runs. */
export function ReadRuns({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [path, setPath] = useState('');
  const job = useJobCall('runs.import');
  return (
    <Modal opened={opened} onClose={onClose} title={text.action}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (path.trim()) void job.start({ path: path.trim() });
        }}
      >
        <PathInput label={text.path} description={text.about} what="folder" value={path} onChange={setPath} />
        {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
        {job.error ? <ErrorPanel error={job.error} what={text.reading} /> : null}
        {job.result ? (
          <p role="status">{text.done(job.result.added, job.result.changed, job.result.unchanged)}</p>
        ) : null}
        <div className="row">
          <span className="grow" />
          <Button type="submit" variant="filled" disabled={!path.trim()} loading={job.running}>
            {text.start}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
