import { definePage } from '../../ui/navigation/page.ts';
import { StartView } from './view.tsx';

export const startPages = [
  definePage({ pattern: '/', title: 'Start', anywhere: true, load: async () => StartView }),
];
