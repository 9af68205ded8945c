import { defineWords } from '../text/words.ts';

export const words = defineWords(
  {
    keys: {
      ctrl: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
    },
    more: 'More actions',
    undo: (what: string) => (what ? `Undo: ${what}` : 'Undo'),
    redo: (what: string) => (what ? `Redo: ${what}` : 'Redo'),
  },
  {
    keys: {
      ctrl: 'Strg',
      shift: 'Umschalt',
      alt: 'Alt',
      pageUp: 'Bild ↑',
      pageDown: 'Bild ↓',
    },
    more: 'Weitere Aktionen',
    undo: (what) => (what ? `Rückgängig: ${what}` : 'Rückgängig'),
    redo: (what) => (what ? `Wiederholen: ${what}` : 'Wiederholen'),
  },
);
