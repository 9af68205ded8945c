import { Table2 } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { viewKeys } from './table/view-query.ts';
import { words } from './words.ts';

export const datasetPages = [
  definePage({
    pattern: '/data',
    title: words.title,
    nav: { icon: Table2, letter: 'd' },
    load: async () => (await import('./view.tsx')).DatasetsView,
  }),
  definePage({
    pattern: '/data/import',
    title: words.pages.import,
    load: async () => (await import('./importing/import-view.tsx')).ImportView,
  }),
  definePage({
    pattern: '/data/trash',
    title: words.pages.trash,
    load: async () => (await import('./history/trash-view.tsx')).TrashView,
  }),
  definePage({
    pattern: '/data/:dataset/:tab?',
    title: words.pages.dataset,
    tab: ({ dataset = '' }) => dataset,
    looks: viewKeys,
    load: async () => (await import('./dataset-view.tsx')).DatasetView,
  }),
];
