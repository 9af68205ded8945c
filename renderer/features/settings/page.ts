import { Settings } from 'lucide-react';
import { definePage } from '../../ui/navigation/page.ts';
import { words } from './words.ts';

export const settingsPages = [
  definePage({
    pattern: '/settings',
    title: words.title,
    nav: { icon: Settings, letter: 's' },
    anywhere: true,
    load: async () => (await import('./view.tsx')).SettingsView,
  }),
];
