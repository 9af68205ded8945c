import { Boxes } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const registryPages = [
  definePage({
    pattern: '/models',
    title: 'Models',
    nav: { icon: Boxes, letter: 'm' },
    load: async () => (await import('./view.tsx')).ModelsView,
  }),
  definePage({
    pattern: '/models/pull',
    title: 'Pull a model',
    load: async () => (await import('./pull-view.tsx')).PullView,
  }),
  definePage({
    pattern: '/models/:model/:tab?',
    title: 'Model',
    load: async () => (await import('./model-view.tsx')).ModelView,
  }),
];
