import { fail } from '../../../preload/contract/errors.ts';
import type { Search } from '../sweeps/search.ts';
import { grid } from './grid/grid.ts';
import { halving } from './halving/halving.ts';
import { hyperband } from './hyperband/hyperband.ts';
import { random } from './random/random.ts';
import { sobol } from './sobol/sobol.ts';
import { tpe } from './tpe/tpe.ts';

/** Every way to search there is. A new one is a folder and a line here; conformance.test.ts picks it up. */
export const searches: readonly Search[] = [tpe, random, sobol, grid, halving, hyperband];

export function searchById(id: string): Search {
  const search = searches.find((one) => one.id === id);
  if (!search) throw fail('search-unknown', { search: id, known: searches.map((one) => one.id) });
  return search;
}
