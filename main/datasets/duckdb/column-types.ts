import {
  decimalType,
  orderedLimit,
  orderedType,
  type ColumnType,
} from '../../../preload/contract/column-types.ts';
import type { SourceColumn } from '../importing/importer.ts';
import { quoteName, quoteText } from './open-duckdb.ts';

/** A column of a DuckDB relation, and the SQL that gives it one of our types without loss. */
export interface DuckdbColumn extends SourceColumn {
  readonly sql: string;
  /** DuckDB's own name of the type, in full. */
  readonly raw: string;
}

/** What to do with a column of the type that DESCRIBE tells. */
export function duckdbColumn(name: string, declared: string): DuckdbColumn {
  return { ...readAs(name, declared), raw: declared };
}

function readAs(name: string, declared: string): Omit<DuckdbColumn, 'raw'> {
  const it = quoteName(name);
  const as = (type: ColumnType, sql: string, note: string | null = null): Omit<DuckdbColumn, 'raw'> => ({
    name,
    type,
    declared,
    note,
    sql,
  });
  const kept = `${declared.toLowerCase()} kept as`;
  switch (declared) {
    case 'BOOLEAN':
      return as('bool', it);
    case 'BIGINT':
      return as('int64', it);
    case 'TINYINT':
    case 'SMALLINT':
    case 'INTEGER':
    case 'UTINYINT':
    case 'USMALLINT':
    case 'UINTEGER':
      return as('int64', `CAST(${it} AS BIGINT)`, `${kept} int64`);
    case 'UBIGINT':
    case 'HUGEINT':
    case 'UHUGEINT':
      return as('int64', `CAST(${it} AS BIGINT)`, `${kept} int64`);
    case 'DOUBLE':
      return as('float64', it);
    case 'FLOAT':
      return as('float64', `CAST(${it} AS DOUBLE)`, `${kept} float64`);
    case 'VARCHAR':
      return as('utf8', `encode(${it})`);
    case 'UUID':
      return as('utf8', `encode(CAST(${it} AS VARCHAR))`, 'uuids kept as text');
    case 'TIME':
    case 'TIME_NS':
      return as('utf8', `encode(CAST(${it} AS VARCHAR))`, 'times of day kept as text');
    case 'JSON':
      return as('utf8', mixedText(it, name), 'values of different kinds, so kept as text');
    case '"NULL"':
    case 'NULL':
      return as('utf8', `encode(CAST(NULL AS VARCHAR))`, 'no values at all, so taken for text');
    case 'DATE':
      return as('date', it);
    case 'TIMESTAMP':
      return as('timestamp', it);
    case 'TIMESTAMP_S':
    case 'TIMESTAMP_MS':
      return as('timestamp', `CAST(${it} AS TIMESTAMP)`);
    case 'TIMESTAMP_NS':
      return as('timestamp', wholeMicros(it, name));
    case 'TIMESTAMP WITH TIME ZONE':
      return as('timestamptz', it);
    default:
      return fromParameters(name, declared, it);
  }
}

/** A value of JSON as its text; a list or an object among them is an error that names the kind. */
function mixedText(it: string, name: string): string {
  return `CASE WHEN json_type(${it}) IN ('OBJECT', 'ARRAY') THEN error(${complaint(name, 'lists or objects among other values have no place in a table')}) ELSE encode(${it}->>'$') END`;
}

function wholeMicros(it: string, name: string): string {
  return `CASE WHEN epoch_ns(${it}) % 1000 = 0 THEN CAST(${it} AS TIMESTAMP) WHEN ${it} IS NULL THEN NULL ELSE error(${complaint(name, 'a time finer than a microsecond, which cannot be kept')}) END`;
}

function fromParameters(name: string, declared: string, it: string): Omit<DuckdbColumn, 'raw'> {
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(declared);
  if (decimal) {
    const precision = Number(decimal[1]);
    const whole = decimal[2] === '0' && precision <= 18;
    const words = declared.toLowerCase();
    if (whole)
      return {
        name,
        type: 'int64',
        declared: words,
        note: `${words} kept as int64`,
        sql: `CAST(${it} AS BIGINT)`,
      };
    const scale = Number(decimal[2]);
    const type = decimalType(precision, scale);
    return { name, type, declared: words, note: null, sql: `CAST(${it} AS DECIMAL(38,${scale}))` };
  }
  if (declared.startsWith('ENUM('))
    return { name, ...enumType(declared), sql: `encode(CAST(${it} AS VARCHAR))` };
  return { name, type: null, declared: shortType(declared), note: null, sql: 'NULL' };
}

/** An ENUM has an order, that of its declaration: of so many levels that are more than a type holds it is not kept. */
function enumType(declared: string): Pick<DuckdbColumn, 'type' | 'declared' | 'note'> {
  const levels = enumLevels(declared);
  const type = levels && orderedType(levels);
  if (type) return { type, declared: 'enum', note: null };
  const note = `an enum of ${levels?.length ?? 'many'} levels, more than ${orderedLimit}: their order is not kept`;
  return { type: 'categorical', declared: 'enum', note };
}

/** The levels of `ENUM('a', 'it''s')`, as DESCRIBE writes it; undefined for anything else. */
export function enumLevels(declared: string): string[] | undefined {
  const levels: string[] = [];
  const level = /'((?:[^']|'')*)'(?:, |\)$)/y;
  level.lastIndex = 'ENUM('.length;
  while (level.lastIndex < declared.length) {
    const found = level.exec(declared);
    if (!found) return undefined;
    levels.push(found[1]!.replaceAll("''", "'"));
  }
  return levels;
}

function shortType(declared: string): string {
  if (declared.endsWith(']')) return `list (${declared.slice(0, 60)})`;
  return declared.length > 60 ? `${declared.slice(0, 60)}…` : declared.toLowerCase();
}

/** Marks an error as one about values, for `valueProblem`. */
function complaint(name: string, words: string): string {
  return quoteText(`column "${name}": ${words}`);
}

/** What is wrong with a value, when that is what an error is about. */
export function valueProblem(reason: string): string | undefined {
  const cast = /value (\S+) can't be cast .*source column (.+)$/s.exec(reason);
  if (cast) return `column "${cast[2]?.trim()}": ${cast[1]} is too large`;
  return reason.startsWith('column "') ? reason : undefined;
}

/** Whole numbers of more than 64 bits, as DuckDB calls them. */
const wide = ['UBIGINT', 'HUGEINT', 'UHUGEINT'];

/**
 * Whole numbers that need more than 64 bits are codes, kept as text, as in CSV files: looks at the largest of every column
 * that could hold some.
 */
export async function settleWide(
  columns: readonly DuckdbColumn[],
  ask: (sql: string) => Promise<readonly unknown[]>,
): Promise<DuckdbColumn[]> {
  const some = columns.filter(({ raw }) => wide.includes(raw));
  if (some.length === 0) return [...columns];
  const fits = some.map(({ name, raw }) => {
    const it = quoteName(name);
    const low = raw === 'HUGEINT' ? ` AND min(${it}) >= -9223372036854775808` : '';
    return `coalesce(max(${it}) <= 9223372036854775807${low}, true)`;
  });
  const answers = await ask(fits.join(', '));
  const large = new Set(some.filter((_, i) => answers[i] !== true).map(({ name }) => name));
  return columns.map((column) =>
    large.has(column.name)
      ? {
          ...column,
          type: 'utf8' as const,
          sql: `encode(CAST(${quoteName(column.name)} AS VARCHAR))`,
          note: 'whole numbers that need more than 64 bits, so kept as text',
        }
      : column,
  );
}
