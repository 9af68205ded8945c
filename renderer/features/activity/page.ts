import { Activity } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const activityPages = [
  definePage({
    pattern: '/activity',
    title: words.title,
    nav: { icon: Activity, letter: 'a' },
    load: async () => (await import('./view.tsx')).ActivityView,
  }),
  definePage({
    pattern: '/activity/:job',
    title: words.title,
    load: async () => (await import('./view.tsx')).ActivityView,
  }),
];
