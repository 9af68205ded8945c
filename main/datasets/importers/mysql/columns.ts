import type { CellColumn } from '../../cells/cell-table.ts';
import { decimalColumn, textColumn } from '../../databases/text-columns.ts';

export interface MysqlField {
  readonly name: string;
  /** Of `enum_field_types` (field_types.h). */
  readonly columnType: number;
  readonly columnLength: number;
  readonly decimals: number;
  readonly characterSet: number;
  readonly flags: number;
}

const binary = 63;
const unsigned = 32;
const isEnum = 256;

/** How a column of a result is kept. */
export function mysqlColumn({
  name,
  columnType,
  columnLength,
  decimals,
  characterSet,
  flags,
}: MysqlField): CellColumn {
  switch (columnType) {
    case 1:
      if (columnLength === 1)
        return textColumn(name, 'bool', 'tinyint(1)', { note: 'tinyint(1) kept as bool' });
      return textColumn(name, 'int64', 'tinyint', { note: 'tinyint kept as int64' });
    case 2:
    case 3:
    case 9:
      return textColumn(name, 'int64', 'int', { note: 'int kept as int64' });
    case 8:
      return textColumn(name, 'int64', flags & unsigned ? 'bigint unsigned' : 'bigint');
    case 13:
      return textColumn(name, 'int64', 'year', { note: 'years kept as int64' });
    case 4:
      return textColumn(name, 'float64', 'float', { note: 'float kept as float64', single: true });
    case 5:
      return textColumn(name, 'float64', 'double');
    case 0:
    case 246: {
      // The length counts the point and the sign.
      const precision = columnLength - (decimals > 0 ? 1 : 0) - (flags & unsigned ? 0 : 1);
      return decimalColumn(name, `decimal(${precision}, ${decimals})`, precision, decimals);
    }
    case 10:
    case 14:
      return textColumn(name, 'date', 'date');
    case 12:
      return textColumn(name, 'timestamp', 'datetime');
    case 7:
      return textColumn(name, 'timestamptz', 'timestamp');
    case 11:
      return textColumn(name, 'utf8', 'time', { note: 'times of day kept as text' });
    case 245:
      return textColumn(name, 'utf8', 'json', { note: 'json kept as its text' });
    case 6:
      return textColumn(name, 'utf8', 'null', { note: 'no values at all, so taken for text' });
    case 15:
    case 247:
    case 248:
    case 249:
    case 250:
    case 251:
    case 252:
    case 253:
    case 254:
      if (characterSet === binary) return textColumn(name, null, 'bytes');
      // The server does not tell the levels of an enum with the rows.
      return flags & isEnum ? textColumn(name, 'categorical', 'enum') : textColumn(name, 'utf8', 'text');
    default:
      return textColumn(
        name,
        null,
        columnType === 16 ? 'bit' : columnType === 255 ? 'geometry' : `number ${columnType}`,
      );
  }
}
