import { fail } from '../../../preload/contract/errors.ts';

/** The table (or sheet) that was asked for, else the only one. Throws `import-choice` with those there are. */
export function chooseTable(
  path: string,
  what: string,
  known: readonly string[],
  wanted: string | undefined,
): string {
  const [first] = known;
  const found =
    wanted === undefined ? (known.length === 1 ? first : undefined) : known.find((name) => name === wanted);
  if (found === undefined)
    throw fail('import-choice', { path, what, wanted: wanted ?? null, known: known.slice(0, 100) });
  return found;
}
