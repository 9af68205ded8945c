import { Cpu } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const machinePages = [
  definePage({
    pattern: '/machine',
    title: words.machine,
    nav: { icon: Cpu, letter: 'h' },
    anywhere: true,
    load: async () => (await import('./view.tsx')).MachineView,
  }),
  definePage({
    pattern: '/machine/workspace',
    title: words.workspace,
    load: async () => (await import('./workspace-view.tsx')).WorkspaceView,
  }),
  definePage({
    pattern: '/machine/journal',
    title: words.journal,
    load: async () => (await import('./journal-view.tsx')).JournalView,
  }),
];
