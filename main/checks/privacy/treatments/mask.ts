import { cellText } from '../../../datasets/index.ts';
import type { Treatment } from './treatment.ts';

/** Three stars and the last characters, as many as are kept; a value too short to hide in is stars alone. */
export const mask: Treatment<'mask'> = {
  begin: ({ keep }, { type }) => ({
    type: 'utf8',
    change(cell) {
      const letters = Array.from(cellText(type, cell) ?? '');
      return keep > 0 && letters.length >= 2 * keep ? `***${letters.slice(-keep).join('')}` : '***';
    },
  }),
};
