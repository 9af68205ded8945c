import { Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { useCall, useFacts } from '../api/facts.ts';
import { go } from '../ui/navigation/router.ts';
import { placeLeft } from '../ui/navigation/tabs.ts';
import { askToLeave } from '../ui/state/leaving.ts';
import { notify } from '../ui/state/notices.ts';
import { words } from './words.ts';

const { workspace: text } = words;

/** Which workspace is open, and the way to another; it is asked first when leaving would stop what runs. */
export function WorkspaceMenu({ workspace }: { workspace: WorkspaceInfo | null }) {
  const recent = useFacts('workspaces.recent', {});
  const open = useCall('workspaces.open', ({ workspace: opened }) => go(placeLeft(opened.id)));
  const close = useCall('workspaces.close', () => go('/'));
  const others = (recent.data?.workspaces ?? []).filter((one) => one.dir !== workspace?.dir && !one.missing);
  const openOther = (dir: string) =>
    open.mutate(
      { dir },
      { onError: (error) => notify({ title: words.opening, message: error.message, tone: 'bad' }) },
    );
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button
          type="button"
          className="top-bar__workspace"
          aria-label={`${workspace?.name ?? words.app}: ${text.label}`}
        >
          <span className="truncate">{workspace?.name ?? words.app}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.slice(0, 6).map((one) => (
          <Menu.Item key={one.dir} onClick={() => askToLeave(() => openOther(one.dir))}>
            <span title={one.dir}>{one.name}</span>
          </Menu.Item>
        ))}
        {others.length ? <Menu.Divider /> : null}
        <Menu.Item onClick={() => go('/')}>{text.all}</Menu.Item>
        {workspace ? <Menu.Item onClick={() => go('/machine/workspace')}>{text.about}</Menu.Item> : null}
        {workspace ? (
          <Menu.Item onClick={() => askToLeave(() => close.mutate({}))}>{text.close}</Menu.Item>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
