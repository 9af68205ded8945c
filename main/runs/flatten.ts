import type { RunCell } from '../../preload/contract/runs.ts';

/** Plain data as cells by path: `params.alpha`, `steps[0].method`; a list without maps in it is one cell. */
export function flatten(value: unknown, path = '', cells = new Map<string, RunCell>()): Map<string, RunCell> {
  if (Array.isArray(value) && value.some(isMap)) {
    for (const [i, one] of value.entries()) flatten(one, `${path}[${i}]`, cells);
  } else if (isMap(value)) {
    for (const [key, one] of Object.entries(value)) flatten(one, path ? `${path}.${key}` : key, cells);
  } else if (value !== undefined) {
    cells.set(path, cellOf(value));
  }
  return cells;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cellOf(value: unknown): RunCell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(', ');
}
