import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const queryPages = [
  definePage({
    pattern: '/data/query',
    title: words.title,
    load: async () => (await import('./view.tsx')).QueryView,
  }),
];
