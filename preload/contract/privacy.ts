import * as z from 'zod';
import { ColumnType, DatasetRef } from './datasets.ts';
import { defineMethod } from './method.ts';

/** One column in which personal data was found. */
export const PersonalColumn = z.object({
  name: z.string(),
  type: ColumnType,
  /** The most likely kind, such as `email`; null where nothing was found. */
  kind: z.string().nullable(),
  /** As in "3 values are ...": `email address`. */
  title: z.string().nullable(),
  /** 0 to 1: the share of values that match and what a match and the column's name say of them. */
  confidence: z.number(),
  /** Values that match, and values that are not missing. */
  matches: z.int(),
  values: z.int(),
  /** At most three different ones, each masked: never a whole value. */
  examples: z.array(z.string()),
  /** Whether the column's name speaks for the kind. */
  named: z.boolean(),
  /** Other kinds that its values may be, the likeliest first. */
  others: z.array(z.object({ kind: z.string(), confidence: z.number(), matches: z.int() })),
});
export type PersonalColumn = z.infer<typeof PersonalColumn>;

export const privacy = {
  scan: defineMethod({
    doc: 'Looks for personal data in every column: email addresses, telephone numbers, bank accounts and payment cards, national ids of eight countries (with their check digits), IP addresses, names, postal addresses and codes, dates of birth, coordinates, free text. All values are looked at. Examples are masked; a whole value is never returned.',
    input: z.object({ dataset: DatasetRef }),
    output: z.object({
      dataset: z.string(),
      version: z.int(),
      rows: z.int(),
      /** All columns, in their order. */
      columns: z.array(PersonalColumn),
      /** How many of them hold personal data. */
      personal: z.int(),
    }),
    job: true,
    cli: { args: ['dataset'] },
  }),
};
