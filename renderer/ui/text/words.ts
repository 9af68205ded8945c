import { chosenLanguage, type Language } from './language.ts';

interface Words {
  readonly [key: string]: string | ((...values: never[]) => string) | Words;
}

/** The same keys, in another language. */
type Translated<W extends Words> = {
  readonly [K in keyof W]: W[K] extends string ? string : W[K] extends Words ? Translated<W[K]> : W[K];
};

/** The language that the page speaks since it was loaded. Words are picked as their module is loaded, after the choice is known. */
export const language: Language = chosenLanguage();

/** How numbers and dates are written: the person's own way where it is one of the language spoken. */
export const locale: string =
  typeof navigator !== 'undefined' && navigator.language.split('-')[0] === language
    ? navigator.language
    : language;

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
