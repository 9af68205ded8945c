import { Button, Textarea } from '@mantine/core';
import { ClipboardPaste } from 'lucide-react';
import { useState } from 'react';
import { words } from './words.ts';

/** Cells copied from a spreadsheet, or any CSV text, taken over as a file. */
export function PasteTable({ onText }: { readonly onText: (file: File) => void }) {
  const [text, setText] = useState<string | null>(null);
  if (text === null)
    return (
      <Button leftSection={<ClipboardPaste size={14} aria-hidden />} onClick={() => setText('')}>
        {words.paste}
      </Button>
    );
  return (
    <div className="import__paste stack">
      <Textarea
        label={words.pasteLabel}
        description={words.pasteHint}
        autosize
        minRows={6}
        maxRows={14}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="row">
        <Button
          variant="filled"
          disabled={text.trim() === ''}
          onClick={() => onText(new File([text], words.pasted, { type: 'text/tab-separated-values' }))}
        >
          {words.pasteLook}
        </Button>
        <Button onClick={() => setText(null)}>{words.pasteCancel}</Button>
      </div>
    </div>
  );
}
