import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const galleryPages = [
  definePage({
    pattern: '/gallery',
    title: words.title,
    anywhere: true,
    load: async () => (await import('./view.tsx')).GalleryView,
  }),
];
