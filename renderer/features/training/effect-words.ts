import type { EffectColumn, EffectStage } from '../../../preload/contract/recipes.ts';
import { formatNumber } from '../../ui/text/format.ts';
import { words } from './words.ts';

/** What a step did, in one line: `3 columns changed, 41 values; 2 columns added`. */
export function stageWords({ columns, removed }: EffectStage): string {
  const changed = columns.filter(({ change }) => change === 'changed');
  const added = columns.filter(({ change }) => change === 'added');
  const values = changed.reduce((sum, column) => sum + column.changed, 0);
  return (
    [
      changed.length ? words.steps.changed(changed.length, values) : '',
      added.length ? words.steps.added(added.length) : '',
      removed.length ? words.steps.removed(removed.length) : '',
    ]
      .filter(Boolean)
      .join('; ') || words.steps.nothing
  );
}

export type Value = EffectColumn['values'][number];

export function valueText(value: Value | undefined): string {
  if (value === null || value === undefined) return words.effect.missing;
  return typeof value === 'number' ? formatNumber(value) : value;
}
