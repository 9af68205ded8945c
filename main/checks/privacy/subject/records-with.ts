import type { Db } from '../../../platform/database/index.ts';
import { standsIn } from './search.ts';
import { textColumns, textsWith } from './store.ts';

/** Records whose text holds the value: the text of a query, a note, a file's name, a job's words, the journal. */
export function recordsWith(db: Db, value: string): { table: string; records: number }[] {
  const encoder = new TextEncoder();
  const written = new Set([value, JSON.stringify(value).slice(1, -1)]);
  return textColumns(db).flatMap(({ table, columns }) => {
    const texts = columns.flatMap((column) =>
      [...written].flatMap((text) => textsWith(db, table, column, text)),
    );
    const records =
      new Set(texts).size === 0
        ? 0
        : [...new Set(texts)].filter((text) => standsIn(encoder.encode(text), value)).length;
    return records > 0 ? [{ table, records }] : [];
  });
}
