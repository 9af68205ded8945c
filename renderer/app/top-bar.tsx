import { ActionIcon, Kbd, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { ArrowLeft, ArrowRight, ChevronDown, Moon, Search, Sun } from 'lucide-react';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { useCall, useFacts } from '../api/facts.ts';
import { shortcutWords } from '../ui/actions/shortcut.ts';
import { go } from '../ui/navigation/router.ts';

export function TopBar({ workspace }: { workspace: WorkspaceInfo | null }) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  const Icon = scheme === 'dark' ? Sun : Moon;
  return (
    <header className="top-bar">
      <WorkspaceMenu workspace={workspace} />
      <ActionIcon aria-label="Back" title="Back" onClick={() => history.back()}>
        <ArrowLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label="Forward" title="Forward" onClick={() => history.forward()}>
        <ArrowRight size={16} aria-hidden />
      </ActionIcon>
      <button type="button" className="top-bar__search" onClick={() => spotlight.open()}>
        <Search size={14} aria-hidden />
        <span className="grow" style={{ textAlign: 'left' }}>
          Search or run a command
        </span>
        <Kbd>{shortcutWords('mod+K')}</Kbd>
      </button>
      <ActionIcon
        aria-label={`Use the ${other} theme`}
        title={`Use the ${other} theme`}
        onClick={() => setColorScheme(other)}
      >
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </header>
  );
}

function WorkspaceMenu({ workspace }: { workspace: WorkspaceInfo | null }) {
  const recent = useFacts('workspaces.recent', {});
  const open = useCall('workspaces.open', () => go('/data'));
  const close = useCall('workspaces.close', () => go('/'));
  const others = (recent.data?.workspaces ?? []).filter((one) => one.dir !== workspace?.dir && !one.missing);
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className="top-bar__workspace" aria-label="Workspace">
          <span className="truncate">{workspace?.name ?? 'Holdfast'}</span>
          <ChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.slice(0, 6).map((one) => (
          <Menu.Item key={one.dir} onClick={() => open.mutate({ dir: one.dir })}>
            <span title={one.dir}>{one.name}</span>
          </Menu.Item>
        ))}
        {others.length ? <Menu.Divider /> : null}
        <Menu.Item onClick={() => go('/')}>All workspaces</Menu.Item>
        {workspace ? (
          <Menu.Item onClick={() => go('/machine/workspace')}>About this workspace</Menu.Item>
        ) : null}
        {workspace ? <Menu.Item onClick={() => close.mutate({})}>Close it</Menu.Item> : null}
      </Menu.Dropdown>
    </Menu>
  );
}
