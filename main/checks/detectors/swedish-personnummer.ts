import { defineDetector, isDay, passesLuhn } from './detector.ts';

/** Six or eight digits of the day of birth (60 more for a coordination number), three, and Luhn's over the last ten. */
export const swedishPersonnummer = defineDetector({
  id: 'swedish-personnummer',
  title: 'Swedish personal identity number',
  proof: 'checksum',
  names: /\b(?:person ?nummer|personnr|pnr|samordningsnummer)\b/,
  matches(value) {
    const parts = /^(\d{2})?(\d{2})(\d{2})(\d{2})[-+]?(\d{4})$/.exec(value);
    if (!parts) return false;
    const [, century = '19', year = '', month = '', day = '', last = ''] = parts;
    if (!/^(?:18|19|20)$/.test(century)) return false;
    const birth = Number(day) > 60 ? Number(day) - 60 : Number(day);
    const exists =
      isDay(Number(century + year), Number(month), birth) || (year === '00' && `${month}${day}` === '0229');
    return exists && passesLuhn(year + month + day + last);
  },
  samples: ['811218-9876', '19811218-9876', '8112189876', '900101-0017'],
  others: ['811218-9875', '811318-9876', '811232-9876', '17811218-9876', '123456'],
});
