import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { placeLeft } from '../../ui/navigation/tabs.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { askToLeave } from '../../ui/state/leaving.ts';
import { useLeaveStart } from './use-leave-start.ts';
import { words } from './words.ts';

export function NewWorkspace({ suggested }: { suggested: string }) {
  const [dir, setDir] = useState(suggested);
  const [name, setName] = useState('');
  const { ask, leave } = useLeaveStart();
  const create = useCall('workspaces.create', () => leave('/data'));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        askToLeave(() => {
          ask();
          create.mutate({ dir, ...(name.trim() ? { name: name.trim() } : {}) });
        });
      }}
    >
      <PathInput
        label={words.form.folder}
        description={words.form.newFolder}
        what="new-folder"
        value={dir}
        onChange={setDir}
      />
      <TextInput
        label={words.form.name}
        description={words.form.nameAbout}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {create.error ? <ErrorPanel error={create.error} what={words.form.making} /> : null}
      <Button type="submit" variant="filled" loading={create.isPending} disabled={!dir.trim()}>
        {words.form.make}
      </Button>
    </form>
  );
}

export function OpenWorkspace() {
  const [dir, setDir] = useState('');
  const { ask, leave } = useLeaveStart();
  const open = useCall('workspaces.open', ({ workspace }) => leave(placeLeft(workspace.id)));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        askToLeave(() => {
          ask();
          open.mutate({ dir });
        });
      }}
    >
      <PathInput
        label={words.form.folder}
        description={words.form.openFolder}
        what="folder"
        value={dir}
        onChange={setDir}
      />
      {open.error ? <ErrorPanel error={open.error} what={words.form.opening} /> : null}
      <Button type="submit" variant="filled" loading={open.isPending} disabled={!dir.trim()}>
        {words.form.open}
      </Button>
    </form>
  );
}
