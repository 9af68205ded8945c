import {
  decimalDigits,
  decimalSize,
  decimalType,
  isDecimal,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import type { CellColumn } from '../cells/cell-table.ts';
import type { Value } from '../cells/infer-cells.ts';
import { momentOf } from '../importing/convert-cell.ts';
import { parseUnits } from '../snapshot/decimals.ts';
import type { Cell } from '../snapshot/write-snapshot.ts';

/** A column whose values a server sends as texts. `single` numbers have 32 bits. */
export function textColumn(
  name: string,
  type: ColumnType | null,
  declared: string,
  { note = null, single = false }: { readonly note?: string | null; readonly single?: boolean } = {},
): CellColumn {
  return {
    name,
    type,
    declared,
    note,
    keep: (value) => (type === null ? undefined : parse(value, type, single)),
  };
}

function parse(value: Value, type: ColumnType, single: boolean): Cell | undefined {
  if (value === null) return null;
  const text = String(value);
  switch (type) {
    case 'bool':
      return text === 't' || text === '1' ? true : text === 'f' || text === '0' ? false : undefined;
    case 'int64':
      return /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    case 'float64': {
      const number = Number(text);
      if (Number.isNaN(number) && text !== 'NaN') return undefined;
      return single ? Math.fround(number) : number;
    }
    case 'date':
    case 'timestamp':
      return momentOf(text, type);
    case 'timestamptz':
      return momentOf(text, type) ?? momentOf(`${text}Z`, type);
    default:
      return isDecimal(type) ? parseUnits(text, decimalSize(type).scale) : text;
  }
}

/** What to do with decimals of this precision and scale; null where the server doesn't say. */
export function decimalColumn(
  name: string,
  declared: string,
  precision: number | null,
  scale: number | null,
): CellColumn {
  if (scale === 0 && precision !== null && precision <= 18)
    return textColumn(name, 'int64', declared, { note: `${declared} kept as int64` });
  if (precision !== null && scale !== null && precision <= decimalDigits && scale >= 0 && scale <= precision)
    return textColumn(name, decimalType(precision, scale), declared);
  return textColumn(name, 'float64', declared, {
    note: `${declared} kept as float64, which holds about 16 digits; choose a type such as decimal(38,6) to keep all`,
  });
}
