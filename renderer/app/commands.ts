import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { DownloadCloud, FilePlus2, FolderOpen, MoonStar, ShieldCheck } from 'lucide-react';
import { useMemo } from 'react';
import type { Action } from '../ui/actions/action.ts';
import { go } from '../ui/navigation/router.ts';
import { navPages } from './routes.ts';

/** What can be done from anywhere: the palette lists it, shortcuts reach it. */
export function useCommands(): readonly Action[] {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return useMemo(() => {
    const other = scheme === 'dark' ? 'light' : 'dark';
    const places = navPages.flatMap((page): Action[] =>
      page.nav
        ? [
            {
              id: `go-${page.pattern}`,
              label: `Go to ${page.title}`,
              icon: page.nav.icon,
              shortcut: `g ${page.nav.letter}`,
              perform: () => go(page.pattern),
            },
          ]
        : [],
    );
    return [
      ...places,
      {
        id: 'import',
        label: 'Import a file',
        about: 'CSV or TSV, as a new dataset or the next version of one',
        icon: FilePlus2,
        shortcut: 'g i',
        perform: () => go('/data/import'),
      },
      {
        id: 'pull',
        label: 'Pull a model from a remote',
        about: 'from a folder or an OCI registry; verified first',
        icon: DownloadCloud,
        perform: () => go('/models/pull'),
      },
      {
        id: 'verify',
        label: 'Verify this workspace',
        about: 're-hash every object and check the journal',
        icon: ShieldCheck,
        perform: () => go('/machine/workspace'),
      },
      { id: 'workspaces', label: 'Open or make a workspace', icon: FolderOpen, perform: () => go('/') },
      {
        id: 'theme',
        label: `Use the ${other} theme`,
        icon: MoonStar,
        perform: () => setColorScheme(other),
      },
      {
        id: 'theme-system',
        label: "Use the system's theme",
        icon: MoonStar,
        perform: () => setColorScheme('auto'),
      },
    ];
  }, [scheme, setColorScheme]);
}
