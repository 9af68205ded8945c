import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../../api/kept.ts';
import { chooseLanguage } from '../text/language.ts';

const Settings = z.object({
  theme: z.enum(['auto', 'light', 'dark']).catch('auto'),
  density: z.enum(['compact', 'comfortable']).catch('compact'),
  text: z.enum(['small', 'normal', 'large', 'larger']).catch('normal'),
  /** Null: the system's. */
  language: z.enum(['en', 'de']).nullable().catch(null),
  /** Tell of jobs that end while they are out of sight. */
  notices: z.boolean().catch(true),
});
export type Settings = z.infer<typeof Settings>;

export const usualSettings: Settings = Settings.parse({});

/** How the page looks and speaks; the same in every workspace. */
export const useSettings = create<Settings>()(() => usualSettings);

/** Reads what was kept, and shows the page so. Before anything that holds words is loaded. */
export function openSettings(): void {
  const settings = kept.read('settings', Settings) ?? usualSettings;
  useSettings.setState(settings);
  chooseLanguage(settings.language);
  apply(settings);
}

export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...useSettings.getState(), ...change };
  useSettings.setState(settings);
  kept.write('settings', settings);
  apply(settings);
}

/** Another language is another page: what was kept is told to the host first. */
export async function changeLanguage(language: Settings['language']): Promise<void> {
  changeSettings({ language });
  chooseLanguage(language);
  await kept.flush();
  location.reload();
}

/** Height of a table's row in pixels, for tables that reckon with it; styles have `var(--row)`. */
export function useRowHeight(): number {
  return useSettings(({ density }) => (density === 'compact' ? 28 : 36));
}

function apply({ density, text }: Settings): void {
  const { dataset } = document.documentElement;
  dataset['density'] = density;
  dataset['text'] = text;
}
