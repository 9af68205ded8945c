import { ActionIcon, Kbd, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { ArrowLeft, ArrowRight, Moon, Search, Sun } from 'lucide-react';
import type { Job } from '../../preload/contract/jobs.ts';
import type { WorkspaceInfo } from '../../preload/contract/workspaces.ts';
import { shortcutWords } from '../ui/actions/shortcut.ts';
import { ActivityTray } from './activity-tray.tsx';
import { words } from './words.ts';
import { WorkspaceMenu } from './workspace-menu.tsx';

interface Props {
  readonly workspace: WorkspaceInfo | null;
  readonly busy: readonly Job[];
}

export function TopBar({ workspace, busy }: Props) {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  const other = scheme === 'dark' ? 'light' : 'dark';
  const theme = words.commands[other];
  const Icon = scheme === 'dark' ? Sun : Moon;
  return (
    <header className="top-bar">
      <WorkspaceMenu workspace={workspace} />
      <ActionIcon
        aria-label={words.back}
        title={`${words.back} (${shortcutWords('alt+ArrowLeft')})`}
        onClick={() => history.back()}
      >
        <ArrowLeft size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon
        aria-label={words.forward}
        title={`${words.forward} (${shortcutWords('alt+ArrowRight')})`}
        onClick={() => history.forward()}
      >
        <ArrowRight size={16} aria-hidden />
      </ActionIcon>
      <button type="button" className="top-bar__search" onClick={() => spotlight.open()}>
        <Search size={14} aria-hidden />
        <span className="grow truncate" style={{ textAlign: 'left' }}>
          {words.search}
        </span>
        <Kbd>{shortcutWords('mod+K')}</Kbd>
      </button>
      {workspace ? <ActivityTray busy={busy} /> : null}
      <ActionIcon aria-label={theme} title={theme} onClick={() => setColorScheme(other)}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </header>
  );
}
