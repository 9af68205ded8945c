import { Button, Modal } from '@mantine/core';
import { useEffect } from 'react';
import type { Job } from '../../preload/contract/jobs.ts';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { stay, useLeaving } from '../ui/state/leaving.ts';
import { words } from './words.ts';

const { workspace: text } = words;

interface Props {
  readonly workspace: WorkspaceInfo | null;
  readonly busy: readonly Job[];
}

/** Whoever leaves the workspace comes by here: asked only while leaving would stop something. */
export function LeaveQuestion({ workspace, busy }: Props) {
  const way = useLeaving((state) => state.way);
  const isBusy = busy.length > 0;
  useEffect(() => {
    if (!way || isBusy) return;
    stay();
    way();
  }, [way, isBusy]);
  // In front of the form that asked for another workspace.
  return (
    <Modal opened={way !== null && isBusy} onClose={stay} title={text.stopsTitle} zIndex={400}>
      <div className="stack">
        <p>{text.stops(workspace?.name ?? '')}</p>
        <ul>
          {busy.map(({ id, title }) => (
            <li key={id}>{title}</li>
          ))}
        </ul>
        <div className="row">
          <Button data-autofocus onClick={stay}>
            {text.keepWorking}
          </Button>
          <Button
            color="red"
            variant="filled"
            onClick={() => {
              stay();
              way?.();
            }}
          >
            {text.stopAndLeave}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
