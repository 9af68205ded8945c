import type { ImportInput, Inspection } from '../../importing/importer.ts';
import { delimitedOptions } from './options.ts';
import { openTextFile } from './open-file.ts';
import { planImport } from './plan.ts';

/** What an import would do with a file: reads a sample, changes nothing. */
export async function inspectDelimited({ path, options }: ImportInput): Promise<Inspection> {
  const file = await openTextFile(path);
  try {
    const plan = await planImport(file, options);
    const { dialect, sample } = plan;
    return {
      file: { name: file.name, size: file.size },
      format: 'delimited',
      options: [...delimitedOptions],
      tables: [],
      detected: {
        delimiter: character(dialect.delimiter),
        quote: character(dialect.quote),
        escape: character(dialect.escape),
        header: plan.header,
        encoding: sample.encoding.encoding,
        lineEnding: lineEnding(sample.head),
        nullTokens: [...plan.nullTokens],
        decimal: plan.decimal,
        dateFormat: plan.dateFormat,
      },
      columns: plan.columns.map(({ name, type, examples, missing, note }) => ({
        name,
        type,
        examples: [...examples],
        missing,
        note,
      })),
      rows: plan.rows.map((row) => [...row]),
      notes: [...plan.notes],
    };
  } finally {
    await file.handle.close();
  }
}

function character(byte: number): string {
  return byte < 0 ? '' : String.fromCharCode(byte);
}

function lineEnding(text: Uint8Array): string {
  const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
  const feeds = bytes.includes(10);
  const pairs = bytes.includes('\r\n');
  if (!feeds) return bytes.includes(13) ? 'CR' : 'LF';
  if (!pairs) return 'LF';
  let lone = false;
  for (let at = bytes.indexOf(10); at >= 0 && !lone; at = bytes.indexOf(10, at + 1))
    lone = bytes[at - 1] !== 13;
  return lone ? 'mixed' : 'CRLF';
}
