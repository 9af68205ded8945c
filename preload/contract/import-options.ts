import * as z from 'zod';
import { ColumnType } from './column-types.ts';

const OneCharacter = z.string().refine((text) => {
  const code = text.charCodeAt(0);
  return text.length === 1 && code > 0 && code < 128;
}, 'expected one ASCII character');

/** What can be imported; `delimited` is CSV and TSV, `folder` many files with the same columns. */
export const importFormats = [
  'delimited',
  'parquet',
  'arrow',
  'json',
  'excel',
  'sqlite',
  'duckdb',
  'postgres',
  'mysql',
  'folder',
] as const;
export type ImportFormat = (typeof importFormats)[number];

/** Encodings of text files, by their plain names. */
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'latin-1', 'windows-1252'] as const;

/** Other names that people and programs give them, without case, spaces, hyphens and underscores. */
const otherNames: Readonly<Record<string, (typeof encodings)[number]>> = {
  utf8: 'utf-8',
  utf8sig: 'utf-8',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  latin1: 'latin-1',
  l1: 'latin-1',
  iso88591: 'latin-1',
  windows1252: 'windows-1252',
  cp1252: 'windows-1252',
};

function plainEncodingName(name: string): string {
  return otherNames[name.toLowerCase().replaceAll(/[\s_-]/g, '')] ?? name;
}

export const ImportOptions = z
  .object({
    delimiter: OneCharacter.optional().meta({
      title: 'Delimiter',
      description: 'between fields; default: detected',
    }),
    quote: OneCharacter.or(z.literal(''))
      .optional()
      .meta({ title: 'Quote', description: 'around fields; empty: none; default: detected' }),
    escape: OneCharacter.optional().meta({
      title: 'Escape',
      description: 'before a quote inside quotes; default: detected',
    }),
    header: z
      .boolean()
      .optional()
      .meta({ title: 'Header', description: 'first row holds names; default: detected' }),
    encoding: z
      .string()
      .overwrite(plainEncodingName)
      .pipe(z.enum(encodings))
      .optional()
      .meta({ title: 'Encoding', description: 'default: detected', enum: [...encodings] }),
    nullTokens: z
      .array(z.string())
      .optional()
      .meta({ title: 'Missing', description: 'unquoted texts that mean a missing value' }),
    decimal: z.enum(['.', ',']).optional().meta({ title: 'Decimal mark' }),
    dateFormat: z
      .string()
      .optional()
      .meta({ title: 'Date format', description: 'strptime form, such as %d/%m/%Y' }),
    columns: z
      .record(z.string(), z.object({ type: ColumnType.optional(), format: z.string().optional() }))
      .optional()
      .meta({ title: 'Columns', description: 'types that differ from the inferred ones, by column name' }),
    onReject: z
      .enum(['report', 'stop'])
      .optional()
      .meta({ title: 'Rows that do not fit', description: 'report them and go on, or stop' }),
    format: z
      .enum(importFormats)
      .optional()
      .meta({ title: 'Format', description: 'default: detected from the content, then the name' }),
    sheet: z.string().optional().meta({ title: 'Sheet', description: 'of a workbook; default: the first' }),
    table: z
      .string()
      .optional()
      .meta({ title: 'Table', description: 'of a database; default: its only one' }),
    query: z
      .string()
      .optional()
      .meta({ title: 'Query', description: 'one SELECT, run read-only in the database, instead of a table' }),
    omit: z
      .array(z.string())
      .optional()
      .meta({ title: 'Leave out', description: 'columns that are not imported, by name' }),
  })
  .strict();
export type ImportOptions = z.infer<typeof ImportOptions>;
