import { Cpu } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const machinePages = [
  definePage({
    pattern: '/machine',
    title: 'This machine',
    nav: { icon: Cpu, letter: 'h' },
    anywhere: true,
    load: async () => (await import('./view.tsx')).MachineView,
  }),
  definePage({
    pattern: '/machine/workspace',
    title: 'This workspace',
    load: async () => (await import('./workspace-view.tsx')).WorkspaceView,
  }),
  definePage({
    pattern: '/machine/journal',
    title: 'Journal',
    load: async () => (await import('./journal-view.tsx')).JournalView,
  }),
];
