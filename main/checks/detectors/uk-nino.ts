import { compact, defineDetector } from './detector.ts';

const neverFirst = /^(?:BG|GB|NK|KN|TN|NT|ZZ)/;

/** National Insurance number: no check digit; letters that are never issued (HMRC, NIM39110). */
export const ukNino = defineDetector({
  id: 'uk-nino',
  title: 'UK National Insurance number',
  proof: 'shape',
  names: /\b(?:nino|national ?insurance(?: ?(?:number|no))?|ni ?number)\b/,
  types: ['utf8'],
  matches(value) {
    const text = compact(value);
    return /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(text) && !neverFirst.test(text);
  },
  samples: ['AB 12 34 56 C', 'JG103759A'],
  others: ['DA123456A', 'AO123456A', 'BG123456A', 'AB123456E', 'AB12345C'],
});
