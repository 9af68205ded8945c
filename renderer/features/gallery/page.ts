import { definePage } from '../../ui/navigation/page.ts';

export const galleryPages = [
  definePage({
    pattern: '/gallery',
    title: 'Gallery',
    anywhere: true,
    load: async () => (await import('./view.tsx')).GalleryView,
  }),
];
