import { defineDetector } from './detector.ts';

/** After 00 with gaps: without them it is as well a number filled up with zeros. */
const international = /^(?:\+|00(?=\d+[ ()./-]))[1-9](?:[ ()./-]*\d){6,13}$/;
/** Groups with a bracketed or leading-zero area code, or as in North America. */
const national = /^(?:\(0?\d{2,5}\)|0\d{1,5}[ /-])[ ./-]?\d(?:[ ./-]?\d){4,9}$/;
const american = /^(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])[2-9]\d{2}[ .-]\d{4}$/;
const bare = /^\+?\d(?:[ ()./-]?\d){6,14}$/;
/** A day is written in groups too. */
const day = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/;

export const phone = defineDetector({
  id: 'phone',
  title: 'telephone number',
  proof: 'shape',
  names: /\b(?:phone|telephone|tel|telefon|telefono|mobile|mobil|cell ?phone|fax|handy|portable)\b/,
  matches(value, named) {
    const text = value.replace(/\s*(?:x|ext\.?)\s*\d{1,6}$/i, '');
    if (day.test(text)) return false;
    return (
      international.test(text) || national.test(text) || american.test(text) || (named && bare.test(text))
    );
  },
  samples: [
    '+44 20 7946 0958',
    '(555) 234-5678',
    '555-234-5678',
    '030/1234567',
    '+4915123456789',
    '2025550123',
    '0044 20 7946 0958',
  ],
  others: ['ORD-2024-0001', '2024-01-31', '31.01.2024', '12', '1.2.3.4', '99.95'],
});
