/** The languages of the page, each by its own name. English is complete; every other one has the same keys. */
export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;

interface Words {
  readonly [key: string]: string | ((...values: never[]) => string) | Words;
}

/** The same keys, in another language. */
type Translated<W extends Words> = {
  readonly [K in keyof W]: W[K] extends string ? string : W[K] extends Words ? Translated<W[K]> : W[K];
};

const key = 'holdfast.language';

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && Object.hasOwn(languages, text);
}

/** Chosen by the person, else the browser's, else English. */
function currentLanguage(): Language {
  if (typeof localStorage === 'undefined') return 'en';
  const chosen = localStorage.getItem(key);
  const browsers = navigator.language.split('-')[0];
  return isLanguage(chosen) ? chosen : isLanguage(browsers) ? browsers : 'en';
}

/** The language that the page speaks since it was loaded. */
export const language: Language = currentLanguage();

/** Speaks another language from now on: the page is loaded again, where it is. */
export function speak(chosen: Language): void {
  localStorage.setItem(key, chosen);
  location.reload();
}

/**
 * All text of one feature, in a file `words.ts` beside its views; a view holds no text of its own. A message with values is
 * a function of them, so that each language orders and inflects them as it must.
 *
 * @example
 * export const words = defineWords(
 *   { title: 'Runs', picked: (n: number) => `${n} picked` },
 *   { title: 'Läufe', picked: (n) => `${n} gewählt` },
 * );
 */
export function defineWords<const W extends Words>(en: W, de: Translated<W>): Translated<W> {
  return language === 'de' ? de : (en as Translated<W>);
}
