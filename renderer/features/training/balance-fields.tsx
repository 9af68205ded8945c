import { NumberInput, Select } from '@mantine/core';
import { problemsByKey, problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly task: string;
  readonly problems: readonly RecipeProblem[];
}

const ways = ['over', 'under', 'weights'] as const;

/** How the model learns from classes of unequal size. */
export function BalanceFields({ recipe, task, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const balance = recipe['balance'] as RecipeObject | undefined | null;
  if (task !== 'classification' && !balance) return null;
  const by = balance?.['by'];
  const ratio = balance?.['ratio'];
  const wrong = problemsByKey(problems, 'balance');
  return (
    <>
      <Select
        label={words.balance.by}
        description={words.balance.byAbout}
        placeholder={words.balance.none}
        data={ways.map((value) => ({ value, label: words.balance[value] }))}
        value={typeof by === 'string' ? by : null}
        error={wrong['by'] ?? (wrong['ratio'] ? undefined : problemText(problems, 'balance'))}
        clearable
        onChange={(value) => (value === null ? set(['balance'], undefined) : set(['balance', 'by'], value))}
      />
      {balance ? (
        <NumberInput
          label={words.balance.ratio}
          description={words.balance.ratioAbout}
          value={typeof ratio === 'number' ? ratio : ''}
          placeholder="1"
          min={0}
          max={1}
          step={0.1}
          error={wrong['ratio']}
          onChange={(value) => set(['balance', 'ratio'], typeof value === 'number' ? value : undefined)}
        />
      ) : null}
    </>
  );
}
