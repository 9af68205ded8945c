interface Word {
  /** Lower case, without accents. */
  readonly folded: string;
  readonly from: number;
  readonly to: number;
}

/** The words of a text with their places; a word is letters and digits, so `one-hot` is two and `roc_auc` too. */
export function foldedWords(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}\p{M}²]+/gu), ({ 0: word, index }) => ({
    folded: word.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
    from: index,
    to: index + word.length,
  }));
}
