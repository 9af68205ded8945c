import { defineDetector } from './detector.ts';

/** Numbers that stood in adverts and forms, never valid. */
const printed = new Set(['078051120', '219099999', '123456789', '457555462']);

/** Social Security number. It has no check digit: area 001 to 899 but 666, group and serial not zero (SSA, 2011). */
export const usSsn = defineDetector({
  id: 'us-ssn',
  title: 'US Social Security number',
  proof: 'shape',
  names: /\b(?:ssn|social ?security(?: ?(?:number|no|num))?)\b/,
  matches(value, named) {
    const parts = /^(\d{3})([ -]?)(\d{2})\2(\d{4})$/.exec(value);
    if (!parts || (parts[2] === '' && !named)) return false;
    const [, area = '', , group = '', serial = ''] = parts;
    if (area === '000' || area === '666' || area >= '900' || group === '00' || serial === '0000')
      return false;
    return !printed.has(area + group + serial);
  },
  samples: ['536-22-1234', '536 22 1234', '536221234'],
  others: [
    '000-12-3456',
    '666-12-3456',
    '900-12-3456',
    '536-00-1234',
    '536-22-0000',
    '078-05-1120',
    '53622123',
  ],
});
