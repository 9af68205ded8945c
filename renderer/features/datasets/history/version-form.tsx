import { Button, Textarea, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import type { DatasetVersion } from '../../../../preload/contract/datasets.ts';
import { useCall } from '../../../api/facts.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { words } from './words.ts';

interface Props {
  readonly name: string;
  readonly version: DatasetVersion;
  readonly onClose: () => void;
}

/** The tags and the note of a version. */
export function VersionForm({ name, version, onClose }: Props) {
  const dataset = `${name}@${version.version}`;
  const [tag, setTag] = useState('');
  const [note, setNote] = useState(version.note ?? '');
  const tagging = useCall('datasets.tag', () => setTag(''));
  const noting = useCall('datasets.note');
  return (
    <div className="history-list__panel stack">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (tag.trim()) tagging.mutate({ dataset, tag: tag.trim() });
        }}
      >
        {version.tags.map((one) => (
          <span key={one} className="tag">
            {one}
            <button
              type="button"
              aria-label={words.removeTag(one)}
              title={words.removeTag(one)}
              onClick={() => tagging.mutate({ dataset, tag: one, remove: true })}
            >
              <X size={10} aria-hidden />
            </button>
          </span>
        ))}
        <TextInput
          aria-label={words.tag}
          placeholder={words.tagHint}
          style={{ width: 240 }}
          value={tag}
          onChange={(event) => setTag(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!tag.trim()} loading={tagging.isPending}>
          {words.addTag}
        </Button>
      </form>
      {tagging.error ? <ErrorPanel error={tagging.error} what={words.tagging} /> : null}
      <Textarea
        label={words.note}
        autosize
        minRows={2}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {noting.error ? <ErrorPanel error={noting.error} what={words.noting} /> : null}
      <div className="row">
        <Button
          variant="filled"
          loading={noting.isPending}
          disabled={note.trim() === (version.note ?? '')}
          onClick={() => noting.mutate({ dataset, text: note })}
        >
          {words.saveNote}
        </Button>
        <Button onClick={onClose}>{words.close}</Button>
      </div>
    </div>
  );
}
