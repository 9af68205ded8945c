import { compact, defineDetector } from './detector.ts';

/** Values of characters at odd places (D.M. 23 December 1976); at even places a digit is itself and A to Z are 0 to 25. */
const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

export const italianFiscalCode = defineDetector({
  id: 'italian-fiscal-code',
  title: 'Italian codice fiscale',
  proof: 'format',
  names: /\b(?:codice ?fiscale|cod ?fisc(?:ale)?)\b/,
  types: ['utf8'],
  matches(value) {
    const text = compact(value);
    if (!/^[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]$/.test(text))
      return false;
    let sum = 0;
    for (let at = 0; at < 15; at++) {
      const code = text.charCodeAt(at);
      const worth = code < 65 ? code - 48 : code - 65;
      sum += at % 2 === 0 ? odd[worth]! : worth;
    }
    return sum % 26 === text.charCodeAt(15) - 65;
  },
  samples: ['RSSMRA85T10A562S', 'MRTMTT91D08F205J'],
  others: ['RSSMRA85T10A562T', 'RSSMRA85F10A562S', 'RSSMRA85T10A562'],
});
