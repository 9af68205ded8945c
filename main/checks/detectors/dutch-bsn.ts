import { compact, defineDetector, weigh } from './detector.ts';

/** Burgerservicenummer: nine digits, weighed 9 to 2 and -1, a multiple of eleven. */
export const dutchBsn = defineDetector({
  id: 'dutch-bsn',
  title: 'Dutch citizen service number (BSN)',
  proof: 'checksum',
  names: /\b(?:bsn|burger ?service ?nummer|sofi ?nummer)\b/,
  matches(value, named) {
    const digits = named ? compact(value).padStart(9, '0') : compact(value);
    return (
      /^\d{9}$/.test(digits) &&
      Number(digits) > 9_999_999 &&
      new Set(digits).size > 1 &&
      weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
    );
  },
  samples: ['111222333', '123456782', '1234.56.782'],
  others: ['123456789', '111222334', '000000000', '12345'],
});
