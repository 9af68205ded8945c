import { defineDetector } from './detector.ts';

export const postalCode = defineDetector({
  id: 'postal-code',
  title: 'postal code',
  proof: 'shape',
  names:
    /\b(?:zip|zip ?code|post ?code|postal(?: ?code)?|plz|postleitzahl|code ?postal|cap|codigo ?postal)\b/,
  onlyNamed: true,
  matches: (value) =>
    /^(?:\d{3,6}|\d{5}-\d{4}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|z?\d{5})$/i.test(
      value,
    ),
  samples: ['95823', '95823-1234', 'SW1A 1AA', '1012 AB', 'K1A 0B1'],
  others: ['Sacramento', '12', '1.5'],
});
