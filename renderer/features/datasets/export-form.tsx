import { Button, Checkbox, Modal } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { PathInput } from '../../ui/form/path-input.tsx';
import { words } from './words.ts';

const { exporting: text } = words;

interface Props {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly writing: boolean;
  readonly onWrite: (file: { readonly path: string; readonly spreadsheet: boolean }) => void;
  /** How it goes, and what came of it. */
  readonly children: ReactNode;
}

/** Asks for a file of the person's to write rows to; its name says the format. */
export function ExportForm({ title, opened, onClose, writing, onWrite, children }: Props) {
  const [written, setWritten] = useState('');
  const [spreadsheet, setSpreadsheet] = useState(false);
  const path = written.trim();
  const csv = /\.(csv|tsv)$/i.test(path);
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onWrite({ path, spreadsheet: csv && spreadsheet });
        }}
      >
        <PathInput
          label={text.path}
          description={text.pathAbout}
          what="new-folder"
          value={written}
          onChange={setWritten}
        />
        <Checkbox
          label={text.spreadsheet}
          description={text.spreadsheetAbout}
          checked={spreadsheet}
          disabled={!csv}
          onChange={(event) => setSpreadsheet(event.currentTarget.checked)}
        />
        {children}
        <Button type="submit" variant="filled" disabled={!path} loading={writing}>
          {text.write}
        </Button>
      </form>
    </Modal>
  );
}
