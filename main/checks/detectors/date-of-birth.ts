import { defineDetector, isDay } from './detector.ts';

export const dateOfBirth = defineDetector({
  id: 'date-of-birth',
  title: 'date of birth',
  proof: 'shape',
  names:
    /\b(?:dob|birth|birth ?da(?:te|y)|date ?of ?birth|born|birth ?year|year ?of ?birth|geburtsdatum|geburtstag|geburtsjahr|geboren|naissance|date ?de ?naissance|nacimiento|nascita|geboortedatum|fodelsedatum)\b/,
  types: ['utf8', 'int64', 'date', 'timestamp', 'timestamptz'],
  onlyNamed: true,
  matches(value) {
    const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:T.*)?$/.exec(value);
    if (iso) return isBirth(iso[1], iso[2], iso[3]);
    const parts = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(value);
    if (parts) return isBirth(parts[3], parts[2], parts[1]) || isBirth(parts[3], parts[1], parts[2]);
    return /^(?:18[5-9]\d|19\d{2}|20[0-4]\d)$/.test(value);
  },
  samples: ['1985-12-10', '10.12.1985', '12/31/1985', '1985'],
  others: ['1985-13-40', '99', '3021-01-01', 'yes'],
});

function isBirth(year: string | undefined, month: string | undefined, day: string | undefined): boolean {
  return Number(year) >= 1850 && Number(year) < 2100 && isDay(Number(year), Number(month), Number(day));
}
