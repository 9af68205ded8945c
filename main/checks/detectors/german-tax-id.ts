import { compact, defineDetector } from './detector.ts';

/** Steueridentifikationsnummer: ISO/IEC 7064 MOD 11,10; among the first ten digits just one occurs twice or three times. */
export const germanTaxId = defineDetector({
  id: 'german-tax-id',
  title: 'German tax id',
  proof: 'checksum',
  names: /\b(?:steuer ?id|steuer ?identifikationsnummer|idnr|tax ?id|tin)\b/,
  matches(value) {
    const digits = compact(value);
    if (!/^[1-9]\d{10}$/.test(digits)) return false;
    const counts = new Map<string, number>();
    for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
    const repeated = [...counts.values()].filter((count) => count > 1);
    if (repeated.length !== 1 || repeated[0]! > 3) return false;
    let product = 10;
    for (const digit of digits.slice(0, 10)) {
      const sum = (Number(digit) + product) % 10 || 10;
      product = (sum * 2) % 11;
    }
    return (11 - product) % 10 === Number(digits[10]);
  },
  samples: ['86095742719', '47 036 892 816', '65929970489'],
  others: ['86095742718', '12345678901', '11111111111', '02476291358'],
});
