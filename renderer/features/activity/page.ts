import { Activity } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const activityPages = [
  definePage({
    pattern: '/activity',
    title: 'Activity',
    nav: { icon: Activity, letter: 'a' },
    load: async () => (await import('./view.tsx')).ActivityView,
  }),
  definePage({
    pattern: '/activity/:job',
    title: 'Activity',
    load: async () => (await import('./view.tsx')).ActivityView,
  }),
];
