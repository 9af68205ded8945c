import { compact, defineDetector } from './detector.ts';

const letters = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** DNI and NIE: the letter is the number modulo 23; X, Y and Z before a NIE stand for 0, 1 and 2. */
export const spanishId = defineDetector({
  id: 'spanish-id',
  title: 'Spanish identity number (DNI or NIE)',
  proof: 'checksum',
  names: /\b(?:dni|nie|nif)\b/,
  types: ['utf8'],
  matches(value) {
    const parts = /^(?:(\d{8})|([XYZ])(\d{7}))([A-Z])$/.exec(compact(value));
    if (!parts) return false;
    const number = parts[1] ?? `${'XYZ'.indexOf(parts[2] ?? '')}${parts[3]}`;
    return letters[Number(number) % 23] === parts[4];
  },
  samples: ['12345678Z', '12.345.678-Z', 'X1234567L', 'Y-1234567-X'],
  others: ['12345678A', 'X1234567M', '1234567Z', '12345678'],
});
