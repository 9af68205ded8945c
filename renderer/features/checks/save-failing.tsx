import { Button, Checkbox, Modal } from '@mantine/core';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { words } from './words.ts';

const { failing: text } = words;

interface Props {
  readonly asked: { readonly dataset: string; readonly rule: string; readonly of: number };
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Writes all rows that fail a check to a file of the person's; its name says the format. */
export function SaveFailing({ asked, opened, onClose }: Props) {
  const [path, setPath] = useState('');
  const [spreadsheet, setSpreadsheet] = useState(true);
  const call = useCall('checks.failing');
  const csv = /\.csv$/i.test(path.trim());
  return (
    <Modal opened={opened} onClose={onClose} title={text.saveTitle}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          call.mutate({ ...asked, limit: 1, out: path.trim(), spreadsheet: csv && spreadsheet });
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
          checked={spreadsheet}
          disabled={!csv}
          onChange={(event) => setSpreadsheet(event.currentTarget.checked)}
        />
        {call.error ? <ErrorPanel error={call.error} what={text.saving} /> : null}
        {call.data?.file ? (
          <p role="status">
            {text.saved(
              call.data.file.name,
              call.data.file.rows.toLocaleString(),
              formatBytes(call.data.file.size),
            )}
          </p>
        ) : null}
        <Button type="submit" variant="filled" disabled={!path.trim()} loading={call.isPending}>
          {text.write}
        </Button>
      </form>
    </Modal>
  );
}
