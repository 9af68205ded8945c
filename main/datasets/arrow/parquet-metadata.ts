import * as z from 'zod';
import { orderedType, type OrderedType } from '../../../preload/contract/column-types.ts';
import { readFlatRoot } from './flat-reader.ts';

/** Members of the `Type` union of Schema.fbs whose values are whole numbers or texts. */
const codes: readonly number[] = [2, 5, 20, 24];

/**
 * The columns of categories in the schema that Arrow's libraries keep in a Parquet file's metadata (`ARROW:schema`: the schema's message
 * in Base64). Nothing where it is damaged: the columns say enough by themselves.
 */
export function readCategories(base64: string): ReadonlyMap<string, { readonly isOrdered: boolean }> {
  try {
    const bytes = Buffer.from(base64, 'base64');
    const at = bytes.readUInt32LE(0) === 0xffffffff ? 8 : 4;
    const schema = readFlatRoot(Uint8Array.from(bytes.subarray(at))).table(2);
    return new Map(
      (schema?.tables(1) ?? []).flatMap((field) => {
        const encoding = field.table(4);
        if (!encoding || !codes.includes(field.u8(2))) return [];
        return [[field.string(0) ?? '', { isOrdered: encoding.u8(2) === 1 }] as const];
      }),
    );
  } catch {
    return new Map();
  }
}

/** Where a Parquet file's metadata hold the levels of ordered categories, from the lowest, by column: a JSON object. */
export const levelsKey = 'holdfast:levels';

/** Types of ordered categories by column. */
export function readLevels(json: string): ReadonlyMap<string, OrderedType> {
  try {
    const levels = z.record(z.string(), z.array(z.string())).parse(JSON.parse(json));
    return new Map(
      Object.entries(levels).flatMap(([name, words]) => {
        const type = orderedType(words);
        return type ? [[name, type] as const] : [];
      }),
    );
  } catch {
    return new Map();
  }
}
