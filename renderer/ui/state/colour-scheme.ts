import type { MantineColorSchemeManager } from '@mantine/core';
import { changeSettings, useSettings } from './settings.ts';

/** Mantine's light or dark as one of the settings. */
export const settingsColorScheme: MantineColorSchemeManager = {
  get: () => useSettings.getState().theme,
  set: (theme) => changeSettings({ theme }),
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => changeSettings({ theme: 'auto' }),
};
