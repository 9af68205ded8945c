import { GitBranch } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

const looks = ['until', 'from', 'to'];

export const lineagePages = [
  definePage({
    pattern: '/lineage',
    title: words.title,
    nav: { icon: GitBranch, letter: 'l' },
    looks,
    load: async () => (await import('./view.tsx')).LineageView,
  }),
  definePage({
    pattern: '/lineage/audit/:id',
    title: words.audit,
    tab: 'head',
    load: async () => (await import('./audit-view.tsx')).AuditView,
  }),
  definePage({
    pattern: '/lineage/:id',
    title: words.title,
    looks,
    load: async () => (await import('./view.tsx')).LineageView,
  }),
];
