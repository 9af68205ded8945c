import { orderedType, type ColumnType } from '../../../../preload/contract/column-types.ts';
import type { CellColumn } from '../../cells/cell-table.ts';
import { decimalColumn, textColumn } from '../../databases/text-columns.ts';

export interface PostgresField {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** Types by their fixed numbers (src/include/catalog/pg_type.dat). */
const known: Readonly<Record<number, readonly [ColumnType, string]>> = {
  16: ['bool', 'boolean'],
  20: ['int64', 'bigint'],
  21: ['int64', 'smallint'],
  23: ['int64', 'integer'],
  26: ['int64', 'oid'],
  701: ['float64', 'double precision'],
  18: ['utf8', 'char'],
  19: ['utf8', 'name'],
  25: ['utf8', 'text'],
  1042: ['utf8', 'character'],
  1043: ['utf8', 'character varying'],
  1082: ['date', 'date'],
  1114: ['timestamp', 'timestamp'],
  1184: ['timestamptz', 'timestamp with time zone'],
};

interface NamedType {
  readonly oid: number;
  readonly name: string;
  readonly category: string;
  /** Of an enum, in its order. */
  readonly labels: readonly string[];
}

/** How the columns of a query are kept. `look` asks the server about types that aren't built in. */
export async function postgresColumns(
  fields: readonly PostgresField[],
  look: (oids: readonly number[]) => Promise<readonly NamedType[]>,
): Promise<CellColumn[]> {
  const others = fields
    .map(({ dataTypeID }) => dataTypeID)
    .filter((oid) => !(oid in known) && oid !== 700 && oid !== 1700);
  const found = new Map(
    (others.length > 0 ? await look([...new Set(others)]) : []).map((type) => [type.oid, type]),
  );
  return fields.map(({ name, dataTypeID, dataTypeModifier }) => {
    const plain = known[dataTypeID];
    if (plain) {
      const [type, declared] = plain;
      return textColumn(name, type, declared, {
        note: declared === 'smallint' || declared === 'integer' ? `${declared} kept as int64` : null,
      });
    }
    if (dataTypeID === 700)
      return textColumn(name, 'float64', 'real', { note: 'real kept as float64', single: true });
    if (dataTypeID === 1700) return numeric(name, dataTypeModifier);
    return other(name, found.get(dataTypeID));
  });
}

/** The modifier of a numeric holds precision and scale (numeric.c, make_numeric_typmod). */
function numeric(name: string, modifier: number): CellColumn {
  if (modifier < 0) return decimalColumn(name, 'numeric', null, null);
  const precision = ((modifier - 4) >> 16) & 0xffff;
  const scale = (modifier - 4) & 0x7ff;
  return decimalColumn(name, `numeric(${precision}, ${scale})`, precision, scale);
}

/** Categories of pg_type without a place in a table: arrays, composites, pseudo-types, ranges. */
const refused = new Set(['A', 'C', 'P', 'R']);

function other(name: string, type: NamedType | undefined): CellColumn {
  const declared = type?.name.replace(/^_(.+)/, 'list of $1') ?? 'an unknown type';
  if (!type || refused.has(type.category) || type.name === 'bytea') return textColumn(name, null, declared);
  if (type.category === 'E') return textColumn(name, orderedType(type.labels) ?? 'categorical', declared);
  return textColumn(name, 'utf8', declared, { note: `${declared} kept as its text` });
}
