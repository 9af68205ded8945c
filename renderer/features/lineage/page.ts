import { GitBranch } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const lineagePages = [
  definePage({
    pattern: '/lineage',
    title: 'Lineage',
    nav: { icon: GitBranch, letter: 'l' },
    load: async () => (await import('./view.tsx')).LineageView,
  }),
  definePage({
    pattern: '/lineage/:id',
    title: 'Lineage',
    load: async () => (await import('./view.tsx')).LineageView,
  }),
];
