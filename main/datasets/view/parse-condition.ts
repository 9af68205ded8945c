import {
  isOrdered,
  isTextType,
  orderedLevels,
  type OrderedType,
} from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fail } from '../../../preload/contract/errors.ts';
import { operators, type Condition, type Operand, type Test } from './condition.ts';
import { expectedValue, parseValue } from './parse-value.ts';

/**
 * The conditions in one written line, joined by `and` (the form stands in preload/contract/views.ts). Throws
 * `condition-invalid`, `column-not-found`.
 */
export function parseConditions(text: string, schema: readonly Field[]): Condition[] {
  const reader = createReader(text, schema);
  const conditions = [reader.condition()];
  while (reader.word('and')) conditions.push(reader.condition());
  reader.end();
  return conditions;
}

function createReader(text: string, schema: readonly Field[]) {
  let at = 0;
  const rest = () => text.slice(at);
  const skip = () => {
    at += /^\s*/.exec(rest())?.[0].length ?? 0;
  };
  const refuse = (expected: string): never => {
    skip();
    const left = rest();
    const got = left === '' ? 'the end' : JSON.stringify(left.length > 40 ? `${left.slice(0, 40)}…` : left);
    throw fail('condition-invalid', { condition: text, expected, got });
  };
  const take = (pattern: RegExp): string | undefined => {
    skip();
    const found = pattern.exec(rest())?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const word = (wanted: string) => take(new RegExp(`^${wanted}(?![^\\s(])`, 'i')) !== undefined;
  const sign = (mark: string) => {
    skip();
    const is = text.startsWith(mark, at);
    if (is) at += mark.length;
    return is;
  };

  /** A name or value in quotes of one kind, a quote inside doubled; undefined when none begins here. */
  const quoted = (marks: readonly string[]): string | undefined => {
    skip();
    const mark = text[at];
    if (mark === undefined || !marks.includes(mark)) return undefined;
    const found = new RegExp(`^${mark}((?:[^${mark}]|${mark}${mark})*)${mark}`).exec(rest());
    if (!found) return refuse(`a closing ${mark}`);
    at += found[0].length;
    return (found[1] ?? '').replaceAll(mark + mark, mark);
  };

  const column = (): Field => {
    const name = quoted(['"']);
    if (name !== undefined) {
      return schema.find((field) => field.name === name) ?? unknown(name);
    }
    skip();
    // The longest name that fits and is followed by something that can't belong to it.
    const fitting = schema
      .filter(
        (field) => rest().startsWith(field.name) && /^($|[\s=!<>(])/.test(rest().slice(field.name.length)),
      )
      .toSorted((a, b) => b.name.length - a.name.length)[0];
    if (!fitting) return unknown(/^[^\s=!<>(]*/.exec(rest())?.[0] ?? '');
    at += fitting.name.length;
    return fitting;
  };
  const unknown = (name: string): never => {
    if (name === '') return refuse('a column name');
    throw fail('column-not-found', {
      column: name,
      known: schema.map((field) => field.name),
      where: 'the snapshot',
    });
  };

  const value = ({ name, type }: Field, what = expectedValue(type)): Operand => {
    const start = at;
    const written = quoted(["'", '"']) ?? take(/^[^\s,()'"]+/) ?? refuse(what);
    const parsed = parseValue(written, type);
    if (parsed !== undefined) return parsed;
    at = start;
    return refuse(`${what} (column "${name}")`);
  };

  const list = (field: Field): Operand[] => {
    if (!sign('(')) return refuse('( and values with commas between them');
    const values = [value(field)];
    while (sign(',')) values.push(value(field));
    if (!sign(')')) return refuse(', or ) after the values');
    return values;
  };

  /** The place of a level, from 0, which is what ordered categories are compared by. */
  const place = (field: Field, type: OrderedType): number => {
    const levels = orderedLevels(type);
    skip();
    const start = at;
    const found = levels.indexOf(String(value(field)));
    if (found >= 0) return found;
    at = start;
    return refuse(`one of the levels of "${field.name}": ${levels.join(', ')}`);
  };

  const test = (field: Field): Test => {
    const { type } = field;
    const operator = operators.find(sign);
    if (operator && isOrdered(type) && /^[<>]/.test(operator)) {
      const bound = place(field, type);
      const holds = (level: number) =>
        (operator.endsWith('=') && level === bound) ||
        (operator.startsWith('<') ? level < bound : level > bound);
      return { kind: 'in', values: orderedLevels(type).filter((_, level) => holds(level)), negated: false };
    }
    if (operator) return { kind: 'compare', operator, value: value(field) };
    if (word('between')) {
      const low = isOrdered(type) ? place(field, type) : value(field);
      if (!word('and')) return refuse('and, with the upper end after it');
      if (!isOrdered(type)) return { kind: 'between', low, high: value(field) };
      const high = place(field, type);
      const values = orderedLevels(type).filter((_, level) => level >= Number(low) && level <= high);
      return { kind: 'in', values, negated: false };
    }
    if (word('in')) return { kind: 'in', values: list(field), negated: false };
    if (word('not')) {
      if (!word('in')) return refuse('in after not');
      return { kind: 'in', values: list(field), negated: true };
    }
    if (word('contains')) {
      if (!isTextType(field.type))
        throw fail('condition-invalid', {
          condition: text,
          expected: `a column of text before contains`,
          got: `"${field.name}" of type ${field.type}`,
        });
      return { kind: 'contains', text: String(value(field)) };
    }
    if (word('is')) {
      const negated = word('not');
      if (!word('missing')) return refuse('missing');
      return { kind: 'missing', negated };
    }
    return refuse('one of = != < <= > >= between in contains is, after the column');
  };

  return {
    word,
    condition(): Condition {
      const field = column();
      return { column: field.name, type: field.type, test: test(field) };
    },
    end() {
      skip();
      if (at < text.length)
        refuse('and with another condition, or the end (a text with spaces needs quotes)');
    },
  };
}
