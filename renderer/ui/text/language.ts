/** The languages of the page, each by its own name. English is complete; every other one has the same keys. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

const key = 'holdfast.language';

export function isLanguage(text: unknown): text is Language {
  return typeof text === 'string' && Object.hasOwn(languages, text);
}

/** The language of this browser or window, English when it is none of ours. */
export function systemLanguage(): Language {
  const base = navigator.language.split('-')[0];
  return isLanguage(base) ? base : 'en';
}

/** Chosen by the person, else the system's. */
export function chosenLanguage(): Language {
  if (typeof localStorage === 'undefined') return 'en';
  const chosen = localStorage.getItem(key);
  return isLanguage(chosen) ? chosen : systemLanguage();
}

/** What holds words speaks it when it is loaded the next time; null follows the system. */
export function chooseLanguage(chosen: Language | null): void {
  if (chosen) localStorage.setItem(key, chosen);
  else localStorage.removeItem(key);
}
