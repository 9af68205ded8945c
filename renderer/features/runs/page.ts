import { ListOrdered } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const runPages = [
  definePage({
    pattern: '/runs',
    title: 'Runs',
    nav: { icon: ListOrdered, letter: 'r' },
    load: async () => (await import('./view.tsx')).RunsView,
  }),
  definePage({
    pattern: '/runs/compare/:a/:b',
    title: 'Compare',
    tab: 'head',
    load: async () => (await import('./compare-view.tsx')).CompareView,
  }),
  definePage({
    pattern: '/runs/:run/:tab?',
    title: 'Run',
    tab: 'head',
    load: async () => (await import('./run-view.tsx')).RunView,
  }),
];
