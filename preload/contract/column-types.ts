import * as z from 'zod';

const plainTypes = [
  'bool',
  'int64',
  'float64',
  'utf8',
  'categorical',
  'date',
  'timestamp',
  'timestamptz',
] as const;

/** Digits in all, 1 to 38, and how many of them stand after the point. */
export type DecimalType = `decimal(${number},${number})`;
/** Categories with an order: their levels from the lowest to the highest, as a JSON array of texts. */
export type OrderedType = `ordered${string}`;

/** Most levels of a column of ordered categories, which are part of its type. */
export const orderedLimit = 1000;
export const decimalDigits = 38;

export const expectedType =
  'expected bool, int64, float64, decimal(DIGITS,PLACES) such as decimal(12,2), utf8, categorical, ordered["low","high"] with its levels from the lowest (at most 1,000, no two the same), date, timestamp or timestamptz';

const Decimal = z.templateLiteral(['decimal(', z.int(), ',', z.int(), ')']).refine((type) => {
  const { precision, scale } = decimalSize(type);
  const isInRange = precision >= 1 && precision <= decimalDigits && scale >= 0 && scale <= precision;
  return isInRange && decimalType(precision, scale) === type;
}, expectedType);
const Ordered = z.templateLiteral(['ordered', z.string()]).refine((type) => {
  const levels = levelsIn(type);
  return levels !== undefined && orderedType(levels) === type;
}, expectedType);

/**
 * The type of a column. A decimal is exact: a whole number of units of its last place. A categorical is a text out of levels: those
 * that occur, in no order; an ordered one has its levels in its type.
 */
export const ColumnType = z.union([z.enum(plainTypes), Decimal, Ordered], { error: () => expectedType });
export type ColumnType = z.infer<typeof ColumnType>;

/** What there is to know of a type besides its digits or levels. */
export const typeKinds = [
  'bool',
  'int64',
  'float64',
  'decimal',
  'utf8',
  'categorical',
  'date',
  'timestamp',
  'timestamptz',
] as const;
export type TypeKind = (typeof typeKinds)[number];

/** Types whose values are texts. */
export type TextType = 'utf8' | 'categorical' | OrderedType;
/** Types whose values have a place among the numbers. */
export type NumberType = Exclude<ColumnType, TextType>;

/** The kind of a type: `ordered[...]` is `categorical`. */
export function typeKind(type: ColumnType): TypeKind {
  if (isDecimal(type)) return 'decimal';
  return isOrdered(type) ? 'categorical' : type;
}

export function isTextType(type: ColumnType): type is TextType {
  return type === 'utf8' || isCategorical(type);
}

export function isCategorical(type: ColumnType): type is Exclude<TextType, 'utf8'> {
  return type === 'categorical' || isOrdered(type);
}

export function isOrdered(type: ColumnType): type is OrderedType {
  return type.startsWith('ordered');
}

export function isDecimal(type: ColumnType): type is DecimalType {
  return type.startsWith('decimal');
}

/** Whether a type's values are quantities: not truth values, dates or times. */
export function isNumeric(type: ColumnType): type is 'int64' | 'float64' | DecimalType {
  return type === 'int64' || type === 'float64' || isDecimal(type);
}

export function decimalSize(type: DecimalType): { readonly precision: number; readonly scale: number } {
  const [precision = 0, scale = 0] = type.slice('decimal('.length, -1).split(',').map(Number);
  return { precision, scale };
}

export function decimalType(precision: number, scale: number): DecimalType {
  return `decimal(${precision},${scale})`;
}

/** The type of ordered categories with these levels, which must be different, well-formed and at most `orderedLimit`. */
export function orderedType(levels: readonly string[]): OrderedType | undefined {
  const isSound =
    levels.length > 0 &&
    levels.length <= orderedLimit &&
    new Set(levels).size === levels.length &&
    levels.every((level) => level.isWellFormed());
  return isSound ? `ordered${JSON.stringify(levels)}` : undefined;
}

/** The levels in a type of ordered categories, from the lowest. */
export function orderedLevels(type: OrderedType): readonly string[] {
  return levelsIn(type) ?? [];
}

function levelsIn(type: string): readonly string[] | undefined {
  try {
    return z.array(z.string()).parse(JSON.parse(type.slice('ordered'.length)));
  } catch {
    return undefined;
  }
}
