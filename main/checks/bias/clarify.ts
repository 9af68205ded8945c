import type { ClarifyAnalysis } from '../../../preload/contract/checks.ts';
import type { BiasResult } from './analyse.ts';
import { measures } from './measures.ts';

/** The result as SageMaker Clarify writes it into analysis.json: per attribute its groups, measures in the order of their names. */
export function toClarify({ label, groups }: BiasResult): ClarifyAnalysis {
  const facets: ClarifyAnalysis['pre_training_bias_metrics']['facets'] = {};
  const named = measures.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  for (const { columns, clarify, measures: values } of groups) {
    const column = columns[0]!;
    (facets[column] ??= []).push({
      value_or_threshold: clarify,
      metrics: named.map(({ id, clarifyName }) => {
        const found = values.find(({ measure }) => measure === id);
        const { value = null, because = null } = found ?? {};
        return { name: id, description: clarifyName, value, ...(because === null ? {} : { error: because }) };
      }),
    });
  }
  return {
    version: '1.0',
    pre_training_bias_metrics: { label: label.column, label_value_or_threshold: label.clarify, facets },
  };
}
