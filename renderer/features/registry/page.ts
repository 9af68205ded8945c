import { Boxes } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const registryPages = [
  definePage({
    pattern: '/models',
    title: words.title,
    nav: { icon: Boxes, letter: 'm' },
    load: async () => (await import('./view.tsx')).ModelsView,
  }),
  definePage({
    pattern: '/models/pull',
    title: words.pullTitle,
    load: async () => (await import('./pull-view.tsx')).PullView,
  }),
  definePage({
    pattern: '/models/:model/:tab?',
    title: words.model,
    tab: ({ model = '' }) => model,
    load: async () => (await import('./model-view.tsx')).ModelView,
  }),
];
