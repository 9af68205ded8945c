import type { Hit } from '../../preload/contract/help.ts';
import { foldedWords } from './words.ts';

/** Characters of a snippet, roughly: two lines on a screen. */
const usual = 180;

/** The stretch of the text with the most different words asked for, and where they stand in it. */
export function snippetOf(text: string, asked: readonly string[]): Pick<Hit, 'snippet' | 'marks'> {
  const words = foldedWords(text);
  const found = words.flatMap((word) => {
    const which = asked.findIndex((one) => word.folded.startsWith(one));
    return which < 0 ? [] : [{ ...word, which }];
  });
  let start = 0;
  let most = 0;
  for (const { from } of found) {
    const inside = found.filter((one) => one.from >= from && one.to <= from + usual - 40);
    const different = new Set(inside.map(({ which }) => which)).size;
    if (different > most) [most, start] = [different, from];
  }
  const from = wordStart(text, Math.max(0, start - 40));
  const to = wordEnd(text, from + usual);
  const before = from > 0 ? '… ' : '';
  const shift = before.length - from;
  return {
    snippet: `${before}${text.slice(from, to)}${to < text.length ? ' …' : ''}`,
    marks: found
      .filter((one) => one.from >= from && one.to <= to)
      .map((one): [number, number] => [one.from + shift, one.to + shift]),
  };
}

function wordStart(text: string, near: number): number {
  if (near === 0) return 0;
  const space = text.indexOf(' ', near);
  return space < 0 ? near : space + 1;
}

function wordEnd(text: string, near: number): number {
  if (near >= text.length) return text.length;
  const space = text.lastIndexOf(' ', near);
  return space < 0 ? text.length : space;
}
