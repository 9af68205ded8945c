import { textOf } from '../../ui/text/text-of.ts';

export interface Difference {
  readonly what: string;
  readonly a: string;
  readonly b: string;
}

/** Every place where two plain values differ, with its path; lists and maps are looked into. */
export function differences(a: unknown, b: unknown, path = ''): readonly Difference[] {
  if (isMap(a) && isMap(b)) {
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) => differences(a[key], b[key], path ? `${path}.${key}` : key));
  }
  if (Array.isArray(a) && Array.isArray(b) && [...a, ...b].some(isMap)) {
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) =>
      differences(a[i], b[i], `${path}[${i}]`),
    ).flat();
  }
  const [left, right] = [words(a), words(b)];
  return left === right ? [] : [{ what: path, a: left, b: right }];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function words(value: unknown): string {
  if (value === undefined) return 'none';
  if (Array.isArray(value)) return value.map(words).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value);
}
