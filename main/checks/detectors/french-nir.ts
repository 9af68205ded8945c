import { compact, defineDetector } from './detector.ts';

/** Numéro de sécurité sociale: 13 characters and a key, 97 less the number modulo 97; Corsica's 2A and 2B count as 19 and 18. */
export const frenchNir = defineDetector({
  id: 'french-nir',
  title: 'French social security number (NIR)',
  proof: 'checksum',
  names: /\b(?:nir|securite ?sociale|insee|num ?secu)\b/,
  matches(value) {
    const text = compact(value);
    if (!/^[12378]\d{2}(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d{2}|2[AB])\d{6}\d{2}$/.test(text)) return false;
    const number = text.slice(0, 13).replace('2A', '19').replace('2B', '18');
    return 97n - (BigInt(number) % 97n) === BigInt(text.slice(13));
  },
  samples: ['2 55 08 14 168 025 38', '180126955222380', '1 84 12 2A 451 089 33'],
  others: ['255081416802539', '955081416802538', '25508141680253'],
});
