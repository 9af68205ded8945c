import type * as z from 'zod';

/** What a schema wanted, in words for people: `expected a whole number`. */
export function wantedWords(issue: z.core.$ZodIssue | z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${typeWords[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `expected one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `expected ${isLength(issue.origin) ? 'a length of ' : ''}${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `expected ${isLength(issue.origin) ? 'a length of ' : ''}${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    case 'invalid_union':
      return unionWords(issue.errors);
    case 'unrecognized_keys':
      return `unknown ${issue.keys.length === 1 ? 'key' : 'keys'} ${issue.keys.map((key) => `"${key}"`).join(', ')}`;
    default:
      return (issue.message ?? 'expected something else').replace(/^./, (first) => first.toLowerCase());
  }
}

/**
 * The same of a value given to a method, for zod's `error`; a schema's own words go before it. A text is told only where
 * it had to be one of a few, so that nothing secret is.
 */
export function inputWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'custom' || issue.code === 'invalid_format') return undefined;
  const { input } = issue;
  if (input === undefined) return `is missing; ${wantedWords(issue)}`;
  const tells = typeof input === 'string' ? issue.code === 'invalid_value' : typeof input !== 'object';
  const got = typeof input === 'string' ? `"${input.slice(0, 60)}"` : (JSON.stringify(input) ?? typeof input);
  return `${wantedWords(issue)}${tells ? `, got ${got}` : ''}`;
}

function isLength(origin: string): boolean {
  return origin === 'array' || origin === 'string';
}

function unionWords(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const words = errors.flatMap((branch) =>
    branch.slice(0, 1).map((inner) => wantedWords(inner).replace('expected ', '')),
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
