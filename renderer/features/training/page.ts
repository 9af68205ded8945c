import { Wand2 } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';

export const trainingPages = [
  definePage({
    pattern: '/train',
    title: 'Train',
    nav: { icon: Wand2, letter: 't' },
    load: async () => (await import('./view.tsx')).TrainView,
  }),
];
