import { useMantineColorScheme } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  ArrowLeft,
  ArrowRight,
  Copy,
  DatabaseZap,
  DownloadCloud,
  FilePlus2,
  FolderOpen,
  Keyboard,
  Monitor,
  Moon,
  Redo2,
  Rows3,
  Rows4,
  Search,
  ShieldCheck,
  Sun,
  Undo2,
} from 'lucide-react';
import { useMemo } from 'react';
import type { Action } from '../ui/actions/action.ts';
import { isWriting } from '../ui/actions/shortcut.ts';
import { undoStackAt } from '../ui/actions/undo.ts';
import { linkHere } from '../ui/navigation/link-here.ts';
import { go } from '../ui/navigation/router.ts';
import { changeSettings, useSettings } from '../ui/state/settings.ts';
import { navPages } from './routes.ts';
import { useSheet } from './shortcut-sheet.tsx';
import { tabActions } from './tab-actions.ts';
import { words } from './words.ts';

const { commands: text } = words;

const places: readonly Action[] = navPages.flatMap((page) =>
  page.nav
    ? [
        {
          id: `go-${page.pattern}`,
          label: text.goTo(page.title),
          icon: page.nav.icon,
          group: 'go' as const,
          shortcut: `g ${page.nav.letter}`,
          perform: () => go(page.pattern),
        },
      ]
    : [],
);

const fixed: readonly Action[] = [
  {
    id: 'back',
    label: words.back,
    icon: ArrowLeft,
    group: 'go',
    shortcut: 'alt+ArrowLeft',
    perform: () => history.back(),
  },
  {
    id: 'forward',
    label: words.forward,
    icon: ArrowRight,
    group: 'go',
    shortcut: 'alt+ArrowRight',
    perform: () => history.forward(),
  },
  {
    id: 'palette',
    label: text.palette,
    icon: Search,
    group: 'go',
    shortcut: ['mod+K', 'mod+shift+P'],
    perform: () => spotlight.open(),
  },
  {
    id: 'copy-link',
    label: text.copyLink,
    icon: Copy,
    group: 'go',
    shortcut: 'alt+shift+C',
    isAvailable: () => linkHere(null) !== null,
    perform: () => void navigator.clipboard.writeText(linkHere(null) ?? ''),
  },
  {
    id: 'import',
    label: text.import,
    about: text.importAbout,
    icon: FilePlus2,
    group: 'workspace',
    shortcut: 'g i',
    perform: () => go('/data/import'),
  },
  {
    id: 'query',
    label: text.query,
    about: text.queryAbout,
    icon: DatabaseZap,
    group: 'workspace',
    shortcut: 'g q',
    perform: () => go('/data/query'),
  },
  {
    id: 'pull',
    label: text.pull,
    about: text.pullAbout,
    icon: DownloadCloud,
    group: 'workspace',
    perform: () => go('/models/pull'),
  },
  {
    id: 'verify',
    label: text.verify,
    about: text.verifyAbout,
    icon: ShieldCheck,
    group: 'workspace',
    perform: () => go('/machine/workspace'),
  },
  {
    id: 'workspaces',
    label: text.workspaces,
    icon: FolderOpen,
    group: 'workspace',
    perform: () => go('/'),
  },
  {
    id: 'undo',
    label: text.undo,
    icon: Undo2,
    group: 'edit',
    shortcut: 'mod+Z',
    isAvailable: () => undoHere()?.undoes() != null,
    perform: () => undoHere()?.undo(),
  },
  {
    id: 'redo',
    label: text.redo,
    icon: Redo2,
    group: 'edit',
    shortcut: ['mod+shift+Z', 'mod+Y'],
    isAvailable: () => undoHere()?.redoes() != null,
    perform: () => undoHere()?.redo(),
  },
  {
    id: 'shortcuts',
    label: text.shortcuts,
    icon: Keyboard,
    group: 'help',
    shortcut: '?',
    perform: () => useSheet.setState({ open: true }),
  },
];

function undoHere() {
  const at = document.activeElement;
  return undoStackAt(at, isWriting(at));
}

/** What can be done from anywhere: the palette lists it, shortcuts reach it, the window's menu shows it. */
export function useCommands(): readonly Action[] {
  const { setColorScheme } = useMantineColorScheme();
  const density = useSettings((settings) => settings.density);
  return useMemo(() => {
    const view: readonly Action[] = [
      { id: 'theme-light', label: text.light, icon: Sun, perform: () => setColorScheme('light') },
      { id: 'theme-dark', label: text.dark, icon: Moon, perform: () => setColorScheme('dark') },
      { id: 'theme-system', label: text.system, icon: Monitor, perform: () => setColorScheme('auto') },
      density === 'compact'
        ? {
            id: 'density',
            label: text.comfortable,
            icon: Rows3,
            perform: () => changeSettings({ density: 'comfortable' }),
          }
        : {
            id: 'density',
            label: text.compact,
            icon: Rows4,
            perform: () => changeSettings({ density: 'compact' }),
          },
    ];
    return [
      ...places,
      ...fixed,
      ...tabActions,
      ...view.map((action) => ({ ...action, group: 'view' as const })),
    ];
  }, [density, setColorScheme]);
}
