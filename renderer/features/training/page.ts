import { Wand2 } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const trainingPages = [
  definePage({
    pattern: '/train',
    title: words.title,
    nav: { icon: Wand2, letter: 't' },
    load: async () => (await import('./view.tsx')).TrainView,
  }),
];
