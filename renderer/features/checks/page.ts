import { ScanSearch } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const checkPages = [
  definePage({
    pattern: '/checks',
    title: words.title,
    nav: { icon: ScanSearch, letter: 'k' },
    looks: ['dataset', 'failing', 'suite'],
    load: async () => (await import('./view.tsx')).ChecksView,
  }),
  definePage({
    pattern: '/checks/:tab',
    title: words.title,
    looks: ['dataset', 'failing', 'suite'],
    load: async () => (await import('./view.tsx')).ChecksView,
  }),
];
