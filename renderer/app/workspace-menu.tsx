import { Button, Menu, Modal } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../preload/contract/jobs.ts';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { useCall, useFacts } from '../api/facts.ts';
import { go } from '../ui/navigation/router.ts';
import { placeLeft } from '../ui/navigation/tabs.ts';
import { notify } from '../ui/state/notices.ts';
import { words } from './words.ts';

const { workspace: text } = words;

interface Props {
  readonly workspace: WorkspaceInfo | null;
  readonly busy: readonly Job[];
}

/** Which workspace is open, and the way to another; asks first when leaving would stop what runs. */
export function WorkspaceMenu({ workspace, busy }: Props) {
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const recent = useFacts('workspaces.recent', {});
  const open = useCall('workspaces.open', ({ workspace: opened }) => go(placeLeft(opened.id)));
  const close = useCall('workspaces.close', () => go('/'));
  const others = (recent.data?.workspaces ?? []).filter((one) => one.dir !== workspace?.dir && !one.missing);
  const leave = (way: () => void) => {
    if (busy.length) setLeaving(() => way);
    else way();
  };
  const openOther = (dir: string) =>
    open.mutate(
      { dir },
      { onError: (error) => notify({ title: words.opening, message: error.message, tone: 'bad' }) },
    );
  return (
    <>
      <Menu position="bottom-start" width={260}>
        <Menu.Target>
          <button type="button" className="top-bar__workspace" aria-label={text.label}>
            <span className="truncate">{workspace?.name ?? words.app}</span>
            <ChevronDown size={14} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.slice(0, 6).map((one) => (
            <Menu.Item key={one.dir} onClick={() => leave(() => openOther(one.dir))}>
              <span title={one.dir}>{one.name}</span>
            </Menu.Item>
          ))}
          {others.length ? <Menu.Divider /> : null}
          <Menu.Item onClick={() => go('/')}>{text.all}</Menu.Item>
          {workspace ? <Menu.Item onClick={() => go('/machine/workspace')}>{text.about}</Menu.Item> : null}
          {workspace ? (
            <Menu.Item onClick={() => leave(() => close.mutate({}))}>{text.close}</Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Modal opened={leaving !== null} onClose={() => setLeaving(null)} title={text.stopsTitle}>
        <div className="stack">
          <p>{text.stops(workspace?.name ?? '')}</p>
          <ul>
            {busy.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
          <div className="row">
            <Button data-autofocus onClick={() => setLeaving(null)}>
              {text.keepWorking}
            </Button>
            <Button
              color="red"
              variant="filled"
              onClick={() => {
                leaving?.();
                setLeaving(null);
              }}
            >
              {text.stopAndLeave}
            </Button>
          </div>
        </div>
      </Modal>
    </>
  );
}
