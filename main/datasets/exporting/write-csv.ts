import { decimalSize, isDecimal } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { cellText } from '../importing/cells.ts';
import { float64Values, int32Values, int64Values, isPresent, type Block } from '../snapshot/block.ts';
import { decimalText, wideValue } from '../snapshot/decimals.ts';
import type { Output } from './open-output.ts';
import type { RowGroup } from './read-row-groups.ts';

const rowsAtOnce = 4096;

/**
 * CSV (RFC 4180, LF, UTF-8). Numbers have the fewest digits that give the same number back, those of float64 columns always a
 * point, decimals all their places; a missing value is an empty field, an empty text a quoted one. With `spreadsheet` texts that a spreadsheet would take
 * for a formula get a `'` before them (OWASP, "CSV Injection"); without it every text stands as it is.
 */
export async function writeCsv(
  output: Output,
  fields: readonly Field[],
  groups: AsyncIterable<RowGroup>,
  { spreadsheet }: { readonly spreadsheet: boolean },
): Promise<void> {
  const shown = spreadsheet ? (text: string) => quoted(disarmed(text)) : quoted;
  await output.write(Buffer.from(`${fields.map(({ name }) => shown(name)).join(',')}\n`));
  for await (const { rows, blocks } of groups) {
    const texts = blocks.map((block) => textsOf(block, shown));
    for (let from = 0; from < rows; from += rowsAtOnce) {
      let lines = '';
      for (let row = from; row < Math.min(rows, from + rowsAtOnce); row++) {
        let line = texts[0]?.(row) ?? '';
        for (let column = 1; column < texts.length; column++) line += `,${texts[column]!(row)}`;
        // A lone empty field would be a blank line, which is no row.
        lines += line === '' ? '""\n' : `${line}\n`;
      }
      await output.write(Buffer.from(lines));
    }
  }
}

function textsOf(block: Block, shown: (text: string) => string): (row: number) => string {
  const { type, rows, validity, values, text } = block;
  const guarded =
    (read: (row: number) => string) =>
    (row: number): string =>
      isPresent(validity, row) ? read(row) : '';
  switch (type) {
    case 'bool':
      return guarded((row) => (((values[row >> 3]! >> (row & 7)) & 1) === 1 ? 'true' : 'false'));
    case 'float64': {
      const numbers = float64Values(values, rows);
      return guarded((row) => floatText(numbers[row]!));
    }
    case 'date': {
      const days = int32Values(values, rows);
      return guarded((row) => cellText('date', days[row]!) ?? '');
    }
    case 'int64':
    case 'timestamp':
    case 'timestamptz': {
      const whole = int64Values(values, rows);
      return guarded((row) => cellText(type, whole[row]!) ?? '');
    }
    default: {
      if (isDecimal(type)) {
        const halves = int64Values(values, 2 * rows);
        const { scale } = decimalSize(type);
        return guarded((row) => decimalText(wideValue(halves, row), scale));
      }
      const ends = int32Values(values, rows + 1);
      const bytes = Buffer.from(text.buffer, text.byteOffset, text.length);
      return guarded((row) => shown(bytes.toString('utf8', ends[row], ends[row + 1])));
    }
  }
}

function floatText(value: number): string {
  const text = cellText('float64', value) ?? '';
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Words that are taken for missing values when they stand without quotes. */
const missingWords = /^(?:|na|n\/a|#n\/a|nan|null|none|nil|missing|-+|\?|\.)$/i;

function quoted(text: string): string {
  return /[",\r\n]/.test(text) || text.trim() !== text || missingWords.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

function disarmed(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}
