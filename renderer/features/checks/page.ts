import { ScanSearch } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const checkPages = [
  definePage({
    pattern: '/checks',
    title: words.title,
    nav: { icon: ScanSearch, letter: 'k' },
    load: async () => (await import('./view.tsx')).ChecksView,
  }),
  definePage({
    pattern: '/checks/:tab',
    title: words.title,
    load: async () => (await import('./view.tsx')).ChecksView,
  }),
];
