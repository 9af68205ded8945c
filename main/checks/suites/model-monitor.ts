import { isNumeric, isTextType } from '../../../preload/contract/column-types.ts';
import * as z from 'zod';
import type { SuiteCheck } from '../../../preload/contract/checks.ts';
import type { ColumnProfile } from '../../../preload/contract/column-profile.ts';
import type { ReadSuite } from './great-expectations.ts';

/** `constraints.json` of SageMaker Model Monitor. */
export const Constraints = z.looseObject({
  version: z.number().optional(),
  features: z.array(
    z.looseObject({
      name: z.string(),
      inferred_type: z.string(),
      completeness: z.number(),
      num_constraints: z.looseObject({ is_non_negative: z.boolean().optional() }).optional(),
      string_constraints: z.looseObject({ domains: z.array(z.string()).optional() }).optional(),
    }),
  ),
});

const inferred = { Integral: 'int64', Fractional: 'float64', String: 'utf8' } as const;

export function readConstraints({ features }: z.output<typeof Constraints>): ReadSuite {
  const checks: SuiteCheck[] = [];
  const notes: string[] = [];
  for (const {
    name: column,
    inferred_type: type,
    completeness,
    num_constraints: numbers,
    string_constraints: texts,
  } of features) {
    const own = inferred[type as keyof typeof inferred] as string | undefined;
    if (own) checks.push({ check: 'type', severity: 'warn', column, type: own });
    else notes.push(`column "${column}": type ${type} has no counterpart`);
    if (completeness > 0)
      checks.push({ check: 'not-null', severity: 'warn', column, mostly: Math.min(1, completeness) });
    if (numbers?.is_non_negative) checks.push({ check: 'range', severity: 'warn', column, min: 0 });
    if (texts?.domains?.length)
      checks.push({ check: 'set', severity: 'warn', column, values: texts.domains });
  }
  return { checks, notes };
}

type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

function inferredType({ type, rows, missing }: ColumnProfile): InferredType {
  if (rows === missing) return 'Unknown';
  if (type === 'int64' || type === 'bool') return 'Integral';
  return isNumeric(type) ? 'Fractional' : 'String';
}

const mostDomains = 20;

/** As Model Monitor's baseline job writes it; its own defaults of monitoring. */
export function writeConstraints(columns: readonly ColumnProfile[]) {
  return {
    version: 0,
    features: columns.map((column) => {
      const { name, rows, missing, numeric, distinct, top } = column;
      const type = inferredType(column);
      const few =
        type === 'String' && isTextType(column.type) && distinct <= mostDomains && top.length >= distinct;
      return {
        name,
        inferred_type: type,
        completeness: rows === 0 ? 0 : (rows - missing) / rows,
        ...(numeric && (type === 'Integral' || type === 'Fractional')
          ? { num_constraints: { is_non_negative: numeric.min >= 0 } }
          : {}),
        ...(few ? { string_constraints: { domains: top.map(({ value }) => value) } } : {}),
      };
    }),
    monitoring_config: {
      evaluate_constraints: 'Enabled',
      emit_metrics: 'Enabled',
      datatype_check_threshold: 1,
      domain_content_threshold: 1,
      distribution_constraints: {
        perform_comparison: 'Enabled',
        comparison_threshold: 0.1,
        comparison_method: 'Robust',
      },
    },
  };
}

/** `statistics.json`: ten buckets of equal width, from the profile's histogram. */
export function writeStatistics(columns: readonly ColumnProfile[], rows: number) {
  return {
    version: 0,
    dataset: { item_count: rows },
    features: columns.map((column) => {
      const { name, rows: count, missing, numeric, distinct, top } = column;
      const type = inferredType(column);
      const common = { num_present: count - missing, num_missing: missing };
      if (numeric && (type === 'Integral' || type === 'Fractional')) {
        return {
          name,
          inferred_type: type,
          numerical_statistics: {
            common,
            mean: numeric.mean,
            sum: numeric.mean * (count - missing),
            std_dev: numeric.standardDeviation ?? 0,
            min: numeric.min,
            max: numeric.max,
            distribution: { kll: { buckets: tenBuckets(column) } },
          },
        };
      }
      return {
        name,
        inferred_type: type,
        string_statistics: {
          common,
          distinct_count: distinct,
          distribution: { categorical: { buckets: top.map(({ value, count: n }) => ({ value, count: n })) } },
        },
      };
    }),
  };
}

/** A bin that lies across two buckets is shared out between them by its width. */
function tenBuckets({ numeric, histogram }: ColumnProfile) {
  const { min = 0, max = 0 } = numeric ?? {};
  const width = (max - min) / 10;
  const counts = Array.from({ length: 10 }, () => 0);
  for (const { lower, upper, count } of histogram) {
    if (!(width > 0) || !(upper > lower)) {
      counts[0]! += count;
      continue;
    }
    for (let i = 0; i < 10; i++) {
      const [from, to] = [min + i * width, min + (i + 1) * width];
      const shared = Math.max(0, Math.min(upper, to) - Math.max(lower, from));
      counts[i]! += (count * shared) / (upper - lower);
    }
  }
  return counts.map((count, i) => ({
    lower_bound: min + i * width,
    upper_bound: i === 9 ? max : min + (i + 1) * width,
    count,
  }));
}
