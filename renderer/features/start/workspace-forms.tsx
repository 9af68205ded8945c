import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { go } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';

export function NewWorkspace({ suggested }: { suggested: string }) {
  const [dir, setDir] = useState(suggested);
  const [name, setName] = useState('');
  const create = useCall('workspaces.create', () => go('/data'));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate({ dir, ...(name.trim() ? { name: name.trim() } : {}) });
      }}
    >
      <PathInput
        label="Folder"
        description="New or empty. Everything of the workspace is inside; it can be moved or copied as it is."
        what="new-folder"
        value={dir}
        onChange={setDir}
      />
      <TextInput
        label="Name"
        description="Shown in the window; the folder's name if left empty."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {create.error ? <ErrorPanel error={create.error} what="Making the workspace" /> : null}
      <Button type="submit" variant="filled" loading={create.isPending} disabled={!dir.trim()}>
        Make it
      </Button>
    </form>
  );
}

export function OpenWorkspace() {
  const [dir, setDir] = useState('');
  const open = useCall('workspaces.open', () => go('/data'));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate({ dir });
      }}
    >
      <PathInput
        label="Folder"
        description="The one that holds workspace.sqlite and objects."
        what="folder"
        value={dir}
        onChange={setDir}
      />
      {open.error ? <ErrorPanel error={open.error} what="Opening the workspace" /> : null}
      <Button type="submit" variant="filled" loading={open.isPending} disabled={!dir.trim()}>
        Open
      </Button>
    </form>
  );
}
