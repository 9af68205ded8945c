import * as z from 'zod';
import type { Duckdb } from './open-duckdb.ts';

const Rows = z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])));

/** A small answer of plain values, row by row; whole numbers of 64 bits come as texts. */
export async function ask(
  { connection }: Pick<Duckdb, 'connection'>,
  sql: string,
): Promise<z.infer<typeof Rows>> {
  const answer = await connection.runAndReadAll(sql);
  return Rows.parse(answer.getRowsJson());
}
