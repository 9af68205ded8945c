import { Autocomplete, Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Run } from '../../../preload/contract/training.ts';
import { useCall, useFacts } from '../../api/facts.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { words } from './words.ts';

interface Props {
  readonly run: Run;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Enters a run's model under a name, as its next version. */
export function AddToRegistry({ run, opened, onClose }: Props) {
  const models = useFacts('registry.list', {}, { when: opened });
  const [name, setName] = useState(run.dataset);
  const [notes, setNotes] = useState('');
  const add = useCall('registry.add', ({ model }) => go(pathOf('models', `${model.name}@${model.version}`)));
  const known = models.data?.models ?? [];
  const next = (known.find((model) => model.name === name)?.versions.length ?? 0) + 1;
  return (
    <Modal opened={opened} onClose={onClose} title={words.add.title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ run: run.id, name: name.trim(), notes });
        }}
      >
        <Autocomplete
          label={words.add.name}
          description={words.add.becomes(next)}
          data={known.map((model) => model.name)}
          value={name}
          data-autofocus
          onChange={setName}
        />
        <Textarea
          label={words.add.notes}
          description={words.add.notesAbout}
          autosize
          minRows={2}
          value={notes}
          onChange={(event) => setNotes(event.currentTarget.value)}
        />
        {add.error ? <ErrorPanel error={add.error} what={words.add.adding} /> : null}
        <Button type="submit" variant="filled" loading={add.isPending} disabled={!name.trim()}>
          {words.add.add(name.trim(), next)}
        </Button>
      </form>
    </Modal>
  );
}
