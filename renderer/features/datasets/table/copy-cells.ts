import { tableFromIPC } from 'apache-arrow';
import type { Field } from '../../../../preload/contract/datasets.ts';
import type { Backend } from '../../../api/backend.ts';
import { locale } from '../../../ui/text/words.ts';
import { exactText } from './cell-text.ts';
import type { Looked } from './row-windows.ts';
import { words } from './words.ts';

export const mostCells = 1_000_000;
const rowsAtATime = 10_000;

interface Wanted {
  readonly top: number;
  readonly bottom: number;
  readonly columns: readonly Field[];
  readonly heads: boolean;
}

/** Cells as tab separated text for a spreadsheet: values in full, missing ones empty. Fetches what is not in sight. */
export async function cellsAsText(
  { client }: Backend,
  { dataset, view, fails }: Looked,
  { top, bottom, columns, heads }: Wanted,
): Promise<string> {
  if ((bottom - top + 1) * columns.length > mostCells) {
    throw new Error(words.tooMany(mostCells.toLocaleString(locale)));
  }
  const lines = heads ? [columns.map(({ name }) => tsvText(name)).join('\t')] : [];
  for (let offset = top; offset <= bottom; offset += rowsAtATime) {
    const limit = Math.min(rowsAtATime, bottom - offset + 1);
    const names = columns.map(({ name }) => name);
    const asked = { dataset, offset, limit, columns: names };
    const reply = fails
      ? await client.checks.failing({ ...asked, ...fails })
      : await client.datasets.preview({ ...asked, ...view });
    const table = tableFromIPC(reply.table);
    const vectors = columns.map((_, i) => table.getChildAt(i));
    for (let row = 0; row < table.numRows; row++) {
      lines.push(
        columns
          .map(({ type }, i) => {
            const value: unknown = vectors[i]?.get(row);
            return value === null || value === undefined ? '' : tsvText(exactText(value, type));
          })
          .join('\t'),
      );
    }
  }
  return lines.join('\n');
}

/** Quoted as spreadsheets do it, where a tab, a line end or a quote would tear the cell apart. */
export function tsvText(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
