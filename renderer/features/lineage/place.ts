import { go, pathOf } from '../../ui/navigation/router.ts';

/** What is looked at in the lineage, as it stands in the address. */
export interface LineagePlace {
  readonly id: string | null;
  readonly until: string | null;
  /** Ends of a path. */
  readonly from: string | null;
  readonly to: string | null;
}

export function readPlace(id: string | undefined, query: URLSearchParams): LineagePlace {
  return { id: id ?? null, until: query.get('until'), from: query.get('from'), to: query.get('to') };
}

/** The same place with some of it changed; moving along a slider leaves no steps to go back to. */
export function move(place: LineagePlace, change: Partial<LineagePlace>): void {
  const next = { ...place, ...change };
  const query = new URLSearchParams();
  for (const key of ['until', 'from', 'to'] as const) if (next[key]) query.set(key, next[key]);
  const text = query.size ? `?${query.toString()}` : '';
  go(`${next.id ? pathOf('lineage', next.id) : '/lineage'}${text}`, { replace: next.id === place.id });
}
