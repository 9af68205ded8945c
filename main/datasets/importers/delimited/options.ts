import type { ImportOptions } from '../../../../preload/contract/import-options.ts';

/** What can be said about a text file. */
export const delimitedOptions = [
  'delimiter',
  'quote',
  'escape',
  'header',
  'encoding',
  'nullTokens',
  'decimal',
  'dateFormat',
  'columns',
  'onReject',
  'format',
] as const satisfies readonly (keyof ImportOptions)[];
