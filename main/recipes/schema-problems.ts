import type * as z from 'zod';
import { wantedWords } from '../../preload/contract/issue-words.ts';
import { unknownWords } from './nearest.ts';
import type { Problem } from './recipe.ts';

/** What is wrong with a value by a schema, in words for people, each with its path in the recipe. */
export function schemaProblems(
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
  at: string,
): Problem[] {
  const known = Object.keys(schema.shape);
  const strange = Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({ path: join(at, key), message: unknownWords('key', key, known) }));
  const ours = Object.fromEntries(Object.entries(value).filter(([key]) => known.includes(key)));
  const parsed = schema.safeParse(ours);
  if (parsed.success) return strange;
  return [...strange, ...parsed.error.issues.flatMap((issue) => issueProblems(issue, ours, at))];
}

function issueProblems(issue: z.core.$ZodIssue, value: unknown, at: string): Problem[] {
  const path = issue.path.reduce<string>((from, key) => join(from, key), at);
  const found = issue.path.reduce<unknown>(
    (from, key) => (typeof from === 'object' && from !== null ? Reflect.get(from, key) : undefined),
    value,
  );
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: join(path, key), message: `unknown key "${key}"` }));
  }
  return [
    {
      path,
      message:
        found === undefined
          ? `is missing; ${wantedWords(issue)}`
          : `${wantedWords(issue)}, got ${shown(found)}${quotesHint(issue, found)}`,
    },
  ];
}

/** YAML reads 2020 as a number and true as a truth, also where they are the name of a column. */
function quotesHint(issue: z.core.$ZodIssue, found: unknown): string {
  const wantsText = issue.code === 'invalid_type' && issue.expected === 'string';
  return wantsText && (typeof found === 'number' || typeof found === 'boolean')
    ? `; if it is a name, write it in quotes: "${String(found)}"`
    : '';
}

/** A value as a person wrote it, cut short. */
export function shown(value: unknown): string {
  const plain = typeof value === 'number' ? String(value) : JSON.stringify(value);
  const text = typeof value === 'string' ? `"${value}"` : (plain ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

export function join(at: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${at}[${key}]`;
  return at === '' ? String(key) : `${at}.${String(key)}`;
}
