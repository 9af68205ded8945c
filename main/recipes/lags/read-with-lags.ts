import type { ObjectReader } from '../../platform/objects/index.ts';
import type { TypedColumn } from '../column-facts.ts';
import { readTable } from '../read-table.ts';
import { makeLags } from './add-lags.ts';
import { lagColumns, lagSources, type LagPlan } from './plan.ts';

/** `readTable` with the columns that a recipe's lags make behind those of the data; `names` may be of either. */
export async function readWithLags(
  reader: ObjectReader,
  manifest: string,
  plan: LagPlan | undefined,
  options: { readonly names?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<TypedColumn[]> {
  if (!plan) return readTable(reader, manifest, options);
  const made = new Set(lagColumns(plan).map(({ name }) => name));
  const names = options.names?.filter((name) => !made.has(name));
  const table = await readTable(reader, manifest, {
    ...options,
    ...(names ? { names: [...new Set([...names, ...lagSources(plan)])] } : {}),
  });
  return [...table, ...makeLags(plan, table)];
}
