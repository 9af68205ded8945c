/**
 * How well a text answers a query: 0 is not at all. Every word of the query must be found: at the start of a word best, then
 * anywhere, then as letters in order that begin words (`tm` finds "train model").
 */
export function fit(query: string, text: string): number {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const haystack = fold(text);
  let sum = 0;
  for (const word of words) {
    const found = fitWord(word, haystack);
    if (found === 0) return 0;
    sum += found;
  }
  // Of texts that fit alike the shorter one is meant.
  return words.length ? sum / words.length + 1 / (10 + haystack.length) : 1;
}

function fitWord(word: string, text: string): number {
  if (text.startsWith(word)) return 10;
  const at = text.indexOf(word);
  if (at > 0) return isBoundary(text, at) || text.includes(` ${word}`) ? 8 : 5;
  return word.length > 1 && inOrder(word, text) ? 2 : 0;
}

/** Each letter either follows the one before it or begins a word. */
function inOrder(word: string, text: string): boolean {
  let from = 0;
  for (const letter of word) {
    let at = text.indexOf(letter, from);
    while (at >= 0 && at !== from && !isBoundary(text, at)) at = text.indexOf(letter, at + 1);
    if (at < 0) return false;
    if (from === 0 && !isBoundary(text, at)) return false;
    from = at + 1;
  }
  return true;
}

function isBoundary(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
