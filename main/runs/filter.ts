import { fail } from '../../preload/contract/errors.ts';
import type { RunCell } from '../../preload/contract/runs.ts';
import { findColumn } from './columns.ts';
import type { Entries, RunEntry } from './read-entries.ts';

type Test = (entry: RunEntry) => boolean;

const condition = /^([^<>=!~"]+)(<=|>=|!=|<|>|=|~)(.*)$/;
/** What a word is looked for in. */
const searched = ['run', 'status', 'family', 'target', 'task', 'data', 'by', 'models', 'tags', 'note', 'origin', 'experiment', 'name']; // prettier-ignore

/** The runs that a filter lets through, in their order. Throws what is wrong with the filter, and where. */
export function filterEntries(entries: Entries, filter: string): readonly RunEntry[] {
  const tests = partsOf(filter).map((part) => testOf(entries, part));
  return tests.length ? entries.all.filter((entry) => tests.every((test) => test(entry))) : entries.all;
}

/** Parted by spaces, but not within double quotes; quotes fall away. */
function partsOf(filter: string): string[] {
  return [...filter.matchAll(/(?:"[^"]*"?|[^\s"])+/g)].map(([part]) => part);
}

function testOf(entries: Entries, part: string): Test {
  const not = part.startsWith('-') && part.length > 1;
  const words = not ? part.slice(1) : part;
  if (words.split('"').length % 2 === 0)
    throw fail('runs-filter-invalid', { part, reason: 'a quote is opened and not closed' });
  const [bare] = /^(<=|>=|!=|[<>=~])/.exec(words) ?? [];
  if (bare)
    throw fail('runs-filter-invalid', {
      part,
      reason: `expected a column before ${bare}, without spaces between: status=done`,
    });
  const [, name = '', operator = '', written = ''] = condition.exec(words) ?? [];
  const test = operator
    ? compare(entries, { part, name, operator, value: unquoted(written) })
    : contains(unquoted(words));
  return not ? (entry) => !test(entry) : test;
}

function contains(word: string): Test {
  const sought = word.toLowerCase();
  return ({ facts }) =>
    searched.some((fact) =>
      String(facts[fact] ?? '')
        .toLowerCase()
        .includes(sought),
    );
}

function compare(
  entries: Entries,
  { part, name, operator, value }: { part: string; name: string; operator: string; value: string },
): Test {
  if (value === '') throw fail('runs-filter-invalid', { part, reason: `expected a value after ${operator}` });
  const column = findColumn(entries, name);
  const number = Number(value);
  const text = value.toLowerCase();
  const equal = (cell: RunCell): boolean =>
    typeof cell === 'number' ? cell === number : (cell ?? 'missing').toLowerCase() === text;
  switch (operator) {
    case '=':
      return (entry) => equal(column.value(entry));
    case '!=':
      return (entry) => !equal(column.value(entry));
    case '~':
      return (entry) =>
        String(column.value(entry) ?? '')
          .toLowerCase()
          .includes(text);
    default: {
      const order = orders[operator] ?? (() => false);
      if (Number.isNaN(number)) {
        if (!['created', 'data', 'run'].includes(column.id))
          throw fail('runs-filter-invalid', {
            part,
            reason: `expected a number after ${operator}, got "${value}"`,
          });
        return (entry) => {
          const cell = column.value(entry);
          return cell !== null && order(String(cell), value);
        };
      }
      return (entry) => {
        const cell = column.value(entry);
        return typeof cell === 'number' && order(cell, number);
      };
    }
  }
}

const orders: Readonly<Record<string, <T extends string | number>(a: T, b: T) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

function unquoted(text: string): string {
  return text.replaceAll('"', '');
}
