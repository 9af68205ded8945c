import { compact, defineDetector } from './detector.ts';

/** Lengths by country, from the IBAN registry (ISO 13616). */
const lengths: Readonly<Record<string, number>> = {
  AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BR: 29, BY: 28, CH: 21, CR: 22, CY: 28, CZ: 24, DE: 22,
  DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FO: 18, FR: 27, GB: 22, GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HR: 21, HU: 28,
  IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30, KW: 30, KZ: 20, LB: 28, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MD: 24, ME: 22,
  MK: 19, MR: 27, MT: 31, MU: 30, NL: 18, NO: 15, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22, SA: 24, SE: 24, SI: 19,
  SK: 24, SM: 27, TN: 24, TR: 26, UA: 29, VA: 22, VG: 24, XK: 20,
}; // prettier-ignore

export const iban = defineDetector({
  id: 'iban',
  title: 'bank account (IBAN)',
  proof: 'format',
  names: /\b(?:iban|bank ?account|account ?number|kontonummer|konto)\b/,
  types: ['utf8'],
  matches(value) {
    const text = compact(value);
    if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) || lengths[text.slice(0, 2)] !== text.length)
      return false;
    let rest = 0;
    for (const letter of text.slice(4) + text.slice(0, 4)) {
      const digits = Number.parseInt(letter, 36);
      rest = (rest * (digits > 9 ? 100 : 10) + digits) % 97;
    }
    return rest === 1;
  },
  mask: (value) => `${value.slice(0, 2)}***`,
  samples: [
    'DE89 3704 0044 0532 0130 00',
    'GB29NWBK60161331926819',
    'FR1420041010050500013M02606',
    'NO9386011117947',
  ],
  others: ['DE89 3704 0044 0532 0130 01', 'GB29NWBK6016133192681', 'XX89370400440532013000', 'AB12'],
});
