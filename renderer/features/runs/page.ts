import { ListOrdered } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const runPages = [
  definePage({
    pattern: '/runs',
    title: words.title,
    nav: { icon: ListOrdered, letter: 'r' },
    load: async () => (await import('./view.tsx')).RunsView,
  }),
  definePage({
    pattern: '/runs/compare/:a/:b',
    title: words.compare,
    tab: 'head',
    load: async () => (await import('./compare-view.tsx')).CompareView,
  }),
  definePage({
    pattern: '/runs/imported/:imported',
    title: words.one,
    tab: 'head',
    load: async () => (await import('./imported-view.tsx')).ImportedRunView,
  }),
  definePage({
    pattern: '/runs/:run/:tab?',
    title: words.one,
    tab: 'head',
    load: async () => (await import('./run-view.tsx')).RunView,
  }),
];
