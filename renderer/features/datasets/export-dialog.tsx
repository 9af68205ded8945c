import { useJobCall } from '../../api/jobs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { ExportForm } from './export-form.tsx';
import { words } from './words.ts';

const { exporting: text } = words;

interface Props {
  /** `NAME@VERSION` */
  readonly dataset: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Writes a version to a file. */
export function ExportDialog({ dataset, opened, onClose }: Props) {
  const job = useJobCall('datasets.export');
  return (
    <ExportForm
      title={text.title(dataset)}
      opened={opened}
      onClose={onClose}
      writing={job.running}
      onWrite={(file) => void job.start({ dataset, ...file })}
    >
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={text.writing} /> : null}
      {job.result ? (
        <p role="status">
          {text.written(job.result.file, job.result.rows.toLocaleString(), formatBytes(job.result.size))}
        </p>
      ) : null}
      {job.result?.notes.map((note) => (
        <p key={note} className="small dim">
          {note}
        </p>
      ))}
    </ExportForm>
  );
}
