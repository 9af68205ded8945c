import { Radar } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const sweepPages = [
  definePage({
    pattern: '/sweeps',
    title: words.title,
    nav: { icon: Radar, letter: 'w' },
    load: async () => (await import('./view.tsx')).SweepsView,
  }),
  definePage({
    pattern: '/sweeps/:sweep',
    title: words.one,
    tab: 'head',
    load: async () => (await import('./sweep-view.tsx')).SweepView,
  }),
];
