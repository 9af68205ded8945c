import * as z from 'zod';
import type { Severity, SuiteCheck } from '../../../preload/contract/checks.ts';
import type { ColumnType } from '../../../preload/contract/column-types.ts';

/** A suite as Great Expectations 1.x writes it (`ExpectationSuite.to_json_dict`); 0.x wrote `expectation_type`. */
export const GreatExpectations = z.looseObject({
  expectations: z.array(
    z.looseObject({
      type: z.string().optional(),
      expectation_type: z.string().optional(),
      kwargs: z.record(z.string(), z.unknown()).default({}),
      severity: z.enum(['critical', 'warning', 'info']).optional(),
    }),
  ),
});

export interface ReadSuite {
  readonly checks: SuiteCheck[];
  readonly notes: string[];
}

type Kwargs = Readonly<Record<string, unknown>>;
type Made = Omit<SuiteCheck, 'severity'> | undefined;

const bounds = ({ min_value: min, max_value: max }: Kwargs) => ({
  ...(min === undefined || min === null ? {} : { min }),
  ...(max === undefined || max === null ? {} : { max }),
});

const mostly = ({ mostly: share }: Kwargs) => (typeof share === 'number' ? { mostly: share } : {});

const statistic =
  (name: string) =>
  (k: Kwargs): Made => ({ check: 'statistic', column: k['column'], statistic: name, ...bounds(k) });

const types: Readonly<Record<string, ColumnType>> = {
  int: 'int64',
  int64: 'int64',
  integer: 'int64',
  bigint: 'int64',
  float: 'float64',
  float64: 'float64',
  double: 'float64',
  categorydtype: 'categorical',
  category: 'categorical',
  str: 'utf8',
  string: 'utf8',
  object: 'utf8',
  text: 'utf8',
  varchar: 'utf8',
  bool: 'bool',
  boolean: 'bool',
  date: 'date',
  datetime: 'timestamp',
  datetime64: 'timestamp',
  timestamp: 'timestamp',
};

/** What each of their expectations is here; undefined where its arguments have no counterpart. */
const counterparts: Readonly<Record<string, (kwargs: Kwargs) => Made>> = {
  expect_column_values_to_not_be_null: (k) => ({ check: 'not-null', column: k['column'], ...mostly(k) }),
  expect_column_values_to_be_of_type: (k) => {
    const type = types[String(k['type_']).toLowerCase().replace(/\[.*$/, '').replace(/^.*\./, '')];
    return type && { check: 'type', column: k['column'], type };
  },
  expect_column_values_to_be_between: (k) =>
    k['strict_min'] === true || k['strict_max'] === true
      ? undefined
      : { check: 'range', column: k['column'], ...bounds(k), ...mostly(k) },
  expect_column_values_to_be_in_set: (k) =>
    Array.isArray(k['value_set']) && k['value_set'].length > 0
      ? { check: 'set', column: k['column'], values: k['value_set'], ...mostly(k) }
      : undefined,
  expect_column_values_to_match_regex: (k) => ({
    check: 'regex',
    column: k['column'],
    pattern: k['regex'],
    ...mostly(k),
  }),
  expect_column_value_lengths_to_be_between: (k) => ({
    check: 'length',
    column: k['column'],
    ...bounds(k),
    ...mostly(k),
  }),
  expect_column_value_lengths_to_equal: (k) => ({
    check: 'length',
    column: k['column'],
    min: k['value'],
    max: k['value'],
    ...mostly(k),
  }),
  expect_column_values_to_be_unique: (k) => ({ check: 'unique', columns: [k['column']] }),
  expect_compound_columns_to_be_unique: (k) => ({ check: 'unique', columns: k['column_list'] }),
  expect_table_row_count_to_be_between: (k) => ({ check: 'row-count', ...bounds(k) }),
  expect_table_row_count_to_equal: (k) => ({ check: 'row-count', min: k['value'], max: k['value'] }),
  expect_column_mean_to_be_between: statistic('mean'),
  expect_column_sum_to_be_between: statistic('sum'),
  expect_column_min_to_be_between: statistic('min'),
  expect_column_max_to_be_between: statistic('max'),
  expect_column_stdev_to_be_between: statistic('standard-deviation'),
  expect_column_median_to_be_between: (k) => ({
    check: 'quantile',
    column: k['column'],
    q: 0.5,
    ...bounds(k),
  }),
};

const severities: Readonly<Record<string, Severity>> = { critical: 'block', warning: 'warn', info: 'note' };

/** Their suite as ours; a failure there has no severity before 1.5, and warns here. */
export function readGreatExpectations({ expectations }: z.output<typeof GreatExpectations>): ReadSuite {
  const checks: SuiteCheck[] = [];
  const notes: string[] = [];
  for (const { type, expectation_type: older, kwargs, severity } of expectations) {
    const name = snakeCase(type ?? older ?? '');
    if (name === 'expect_column_to_exist') {
      checks.push({ check: 'not-null', severity: 'block', column: kwargs['column'], mostly: 0 });
      continue;
    }
    const made = counterparts[name]?.(kwargs);
    if (made) checks.push({ severity: severities[severity ?? 'warning'] ?? 'warn', ...made } as SuiteCheck);
    else
      notes.push(`${name || 'an expectation without a type'} has no counterpart: ${JSON.stringify(kwargs)}`);
  }
  return { checks, notes };
}

/** `ExpectColumnValuesToBeUnique`, as the classes are called, is the same as its snake case. */
function snakeCase(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
