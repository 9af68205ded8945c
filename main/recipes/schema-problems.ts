import type * as z from 'zod';
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
      message: found === undefined ? `is missing; ${wanted(issue)}` : `${wanted(issue)}, got ${shown(found)}`,
    },
  ];
}

function wanted(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `expected ${issue.origin === 'array' || issue.origin === 'string' ? 'a length of ' : ''}${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_union':
      return unionWords(issue);
    default:
      return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
  }
}

function unionWords(issue: z.core.$ZodIssueInvalidUnion): string {
  const words = issue.errors.flatMap((branch) =>
    branch.slice(0, 1).map((inner) => wanted(inner).replace('expected ', '')),
  );
  return words.length > 0 ? `expected ${[...new Set(words)].join(', or ')}` : 'expected something else';
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'keys and values',
  record: 'keys and values',
  array: 'a list',
  null: 'nothing',
};

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
