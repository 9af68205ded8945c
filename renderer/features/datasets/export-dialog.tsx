import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { words } from './words.ts';

const { exporting: text } = words;

interface Props {
  /** `NAME@VERSION` */
  readonly dataset: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Writes a version to a file of the person's; its name says the format. */
export function ExportDialog({ dataset, opened, onClose }: Props) {
  const [path, setPath] = useState('');
  const [spreadsheet, setSpreadsheet] = useState(false);
  const job = useJobCall('datasets.export');
  const csv = /\.(csv|tsv)$/i.test(path.trim());
  return (
    <Modal opened={opened} onClose={onClose} title={text.title(dataset)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ dataset, path: path.trim(), spreadsheet: csv && spreadsheet });
        }}
      >
        <PathInput
          label={text.path}
          description={text.pathAbout}
          what="new-folder"
          value={path}
          onChange={setPath}
        />
        <Checkbox
          label={text.spreadsheet}
          description={text.spreadsheetAbout}
          checked={spreadsheet}
          disabled={!csv}
          onChange={(event) => setSpreadsheet(event.currentTarget.checked)}
        />
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
        <Button type="submit" variant="filled" disabled={!path.trim()} loading={job.running}>
          {text.write}
        </Button>
      </form>
    </Modal>
  );
}
