import { fail } from '../../../preload/contract/errors.ts';
import type { ColumnValues } from '../../datasets/index.ts';

/** What of a column counts: some of its values, or everything above a number; neither: each value for itself. */
export interface Rule {
  readonly column: string;
  readonly values?: readonly string[];
  readonly above?: number;
}

/**
 * Reads `COLUMN`, `COLUMN=VALUE[,VALUE ...]` or `COLUMN>NUMBER`. A text that is a column's whole name means that column; else the
 * first sign that follows a column's name counts. Throws `rule-unreadable`, `column-not-found`.
 */
export function readRule(text: string, columns: readonly string[], where: string): Rule {
  const refuse = (reason: string): never => {
    throw fail('rule-unreadable', { rule: text, where, reason });
  };
  if (columns.includes(text.trim())) return { column: text.trim() };
  const signs = [...text.matchAll(/[=>]/g)];
  const sign = signs.find(({ index }) => columns.includes(text.slice(0, index).trim()));
  if (!sign) {
    const column = text.slice(0, signs[0]?.index).trim();
    throw fail('column-not-found', { column, known: [...columns], where });
  }
  const column = text.slice(0, sign.index).trim();
  const rest = text.slice(sign.index + 1).trim();
  if (rest === '') refuse(`nothing follows "${sign[0]}"`);
  if (sign[0] === '>') {
    const above = Number(rest);
    if (Number.isNaN(above)) refuse(`"${rest}" is no number`);
    return { column, above };
  }
  return { column, values: [...new Set(rest.split(',').map((value) => value.trim()))] };
}

/** A column as the groups it makes: `codes[row]` into `labels`, -1 where none. */
export interface Grouping {
  readonly column: string;
  /** In words: `Age > 40`, `Marital = single`. */
  readonly labels: readonly string[];
  /** As Clarify writes them: `(40, 68]`, `single`. */
  readonly clarify: readonly string[];
  readonly codes: Int32Array;
  readonly missing: number;
}

const mostValues = 100;
const named = 12;

const kinds = {
  bool: 'true or false',
  utf8: 'text',
  date: 'dates',
  timestamp: 'moments',
  timestamptz: 'moments',
} as const;

/** Throws `rule-value-unknown`, `attribute-too-many-values`, `rule-unreadable`. */
export function groupBy(rule: Rule, values: ColumnValues, where: string): Grouping {
  const { column } = rule;
  const kind = Object.entries(kinds).find(([type]) => type === values.type)?.[1];
  if (kind === 'dates' || kind === 'moments' || (kind !== undefined && rule.above !== undefined)) {
    throw fail('rule-unreadable', {
      rule: rule.above === undefined ? column : `${column}>${rule.above}`,
      where,
      reason: `column "${column}" holds ${kind}${rule.above === undefined ? '' : ', no numbers'}`,
    });
  }
  if (rule.above !== undefined && values.kind === 'number')
    return groupAbove(column, rule.above, values.values);
  const { levels, codes, missing } = levelsOf(values);
  if (rule.values) {
    const chosen = rule.values.map((value) => {
      const code = levels.indexOf(canonical(value, values));
      if (code >= 0) return code;
      throw fail('rule-value-unknown', {
        column,
        value,
        known: levels.slice(0, named),
        more: levels.length - named,
      });
    });
    const member = new Uint8Array(levels.length);
    for (const code of chosen) member[code] = 1;
    return {
      column,
      labels: [`${column} = ${rule.values.join(' or ')}`],
      clarify: [rule.values.join(',')],
      codes: codes.map((code) => (code >= 0 && member[code] === 1 ? 0 : -1)),
      missing,
    };
  }
  if (levels.length > mostValues)
    throw fail('attribute-too-many-values', { column, values: levels.length, limit: mostValues });
  return { column, labels: levels.map((level) => `${column} = ${level}`), clarify: levels, codes, missing };
}

function groupAbove(column: string, above: number, values: Float64Array): Grouping {
  const codes = new Int32Array(values.length).fill(-1);
  let largest = Number.NEGATIVE_INFINITY;
  let missing = 0;
  values.forEach((value, row) => {
    if (Number.isNaN(value)) missing++;
    else largest = Math.max(largest, value);
    if (value > above) codes[row] = 0;
  });
  return {
    column,
    labels: [`${column} > ${above}`],
    clarify: [`(${above}, ${largest}]`],
    codes,
    missing,
  };
}

/** The different values of a column as texts, ascending, and each row's place among them; -1 where missing. */
export function levelsOf(values: ColumnValues): { levels: string[]; codes: Int32Array; missing: number } {
  if (values.kind === 'text') {
    let missing = 0;
    for (const code of values.codes) if (code < 0) missing++;
    return { levels: [...values.levels], codes: values.codes, missing };
  }
  const numbers = [...new Set(values.values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const places = new Map(numbers.map((value, place) => [value, place]));
  let missing = 0;
  const codes = new Int32Array(values.values.length);
  values.values.forEach((value, row) => {
    const code = places.get(value) ?? -1;
    if (code < 0) missing++;
    codes[row] = code;
  });
  const text = values.type === 'bool' ? (value: number) => (value === 1 ? 'true' : 'false') : String;
  return { levels: numbers.map(text), codes, missing };
}

/** `40.0` of an integer column is `40`. */
function canonical(value: string, { kind, type }: ColumnValues): string {
  if (kind === 'text') return value;
  if (type === 'bool') return value.toLowerCase();
  return value !== '' && !Number.isNaN(Number(value)) ? String(Number(value)) : value;
}
