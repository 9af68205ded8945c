import { useCall } from '../../api/facts.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { formatBytes } from '../../ui/text/format.ts';
import { ExportForm } from '../datasets/export-form.tsx';
import { words } from './words.ts';

const { failing: text } = words;

interface Props {
  readonly asked: { readonly dataset: string; readonly rule: string; readonly of: number };
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Writes all rows that fail a check to a file, their numbers first. */
export function SaveFailing({ asked, opened, onClose }: Props) {
  const call = useCall('checks.failing');
  const file = call.data?.file;
  return (
    <ExportForm
      title={text.saveTitle}
      opened={opened}
      onClose={onClose}
      writing={call.isPending}
      onWrite={({ path, spreadsheet }) => call.mutate({ ...asked, limit: 1, out: path, spreadsheet })}
    >
      {call.error ? <ErrorPanel error={call.error} what={text.saving} /> : null}
      {file ? (
        <p role="status">{text.saved(file.name, file.rows.toLocaleString(), formatBytes(file.size))}</p>
      ) : null}
    </ExportForm>
  );
}
