import { cellText } from '../../../datasets/index.ts';
import { keyedHash } from '../secret-key.ts';
import type { Treatment } from './treatment.ts';

/** HMAC-SHA-256 (RFC 2104) of the value's text in UTF-8, in hex, cut to `length`: the same value is the same pseudonym everywhere. */
export const pseudonym: Treatment<'pseudonym'> = {
  begin({ length }, { type }, key) {
    const made = new Map<string, string>();
    return {
      type: 'utf8',
      change(cell) {
        const text = cellText(type, cell) ?? '';
        let name = made.get(text);
        if (name === undefined) {
          name = keyedHash(key, text).slice(0, length);
          if (made.size < 100_000) made.set(text, name);
        }
        return name;
      },
    };
  },
};
