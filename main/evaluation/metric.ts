import type { Scored, ScoredClasses, ScoredNumbers } from './scored.ts';

/** Why a metric has no value on these rows. */
export interface Undefined {
  readonly because: string;
}

/**
 * A number that says how good predictions are. Names are scikit-learn's scorer names without `neg_`; values agree with its functions
 * to 1e-9 (fixtures beside the tests). What scikit-learn answers with NaN or an error is `Undefined` here, with the reason.
 */
export interface Metric {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it means for the user. */
  readonly doc: string;
  readonly formula: string;
  readonly direction: 'higher' | 'lower';
  /** `target` is the target column's own unit; `ratio` runs from 0 to 1 or is a share. */
  readonly unit: 'target' | 'target squared' | 'ratio' | 'nats';
  /** Its value for the rows of `example.ts`, worked out by hand: arithmetic, `=`, the value. A test follows it. */
  readonly working: string;
  /** undefined where the metric is not about this kind of prediction. */
  readonly compute: (scored: Scored) => number | Undefined | undefined;
}

type Facts = Omit<Metric, 'compute'>;

export function defineNumberMetric(
  facts: Facts & { readonly of: (scored: ScoredNumbers) => number | Undefined },
): Metric {
  const { of, ...metric } = facts;
  return { ...metric, compute: (s) => (s.task === 'regression' ? onRows(s, () => of(s)) : undefined) };
}

export function defineClassMetric(
  facts: Facts & {
    readonly only?: 'binary' | 'multiclass';
    readonly of: (scored: ScoredClasses) => number | Undefined;
  },
): Metric {
  const { of, only, ...metric } = facts;
  return {
    ...metric,
    compute(s) {
      if (s.task !== 'classification') return undefined;
      const binary = s.classes.length === 2;
      if (only && (only === 'binary') !== binary) return undefined;
      return onRows(s, () => of(s));
    },
  };
}

function onRows(scored: Scored, compute: () => number | Undefined): number | Undefined {
  return scored.rows === 0 ? { because: 'the split has no rows' } : compute();
}
