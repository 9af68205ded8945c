import { compact, defineDetector, passesLuhn } from './detector.ts';

/** Ranges of the schemes: Visa, Mastercard, American Express, Discover, Diners, JCB, UnionPay, Maestro. */
const schemes =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d{2}|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{10,17})$/;

export const paymentCard = defineDetector({
  id: 'payment-card',
  title: 'payment card number',
  proof: 'checksum',
  names: /\b(?:card|credit ?card|debit ?card|pan|card ?number|kreditkarte|cc ?(?:number|num|no))\b/,
  matches(value) {
    const digits = compact(value);
    return schemes.test(digits) && new Set(digits).size > 1 && passesLuhn(digits);
  },
  samples: [
    '4111 1111 1111 1111',
    '5500005555555559',
    '378282246310005',
    '6011111111111117',
    '3530111333300000',
  ],
  others: [
    '4111 1111 1111 1112',
    '1234567890123456',
    '0000000000000000',
    '2024010112345678',
    '9999999999999995',
  ],
});
