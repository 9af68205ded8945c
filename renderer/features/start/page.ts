import { definePage } from '../../ui/navigation/page.ts';
import { StartView } from './view.tsx';
import { words } from './words.ts';

export const startPages = [
  definePage({ pattern: '/', title: words.title, anywhere: true, load: async () => StartView }),
];
