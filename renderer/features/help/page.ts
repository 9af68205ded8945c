import { GraduationCap } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const helpPages = [
  definePage({
    pattern: '/learn',
    title: words.title,
    nav: { icon: GraduationCap, letter: 'e' },
    anywhere: true,
    load: async () => (await import('./view.tsx')).LearnView,
  }),
  definePage({
    pattern: '/learn/:page',
    title: words.title,
    anywhere: true,
    load: async () => (await import('./manual-page.tsx')).ManualPage,
  }),
  definePage({
    pattern: '/licences',
    title: words.licences,
    anywhere: true,
    load: async () => (await import('./licences-view.tsx')).LicencesView,
  }),
];
