import { NumberInput, Select } from '@mantine/core';
import { textOf } from '../../ui/text/text-of.ts';
import { problemsByKey, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
}

const parts = ['train', 'validation', 'test'] as const;
const usual = { train: 0.6, validation: 0.2, test: 0.2 } as const;

/** Which share of the rows does what. */
export function SplitForm({ recipe, resolved, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const split = (recipe['split'] ?? {}) as RecipeObject;
  const comes = (resolved?.['split'] ?? {}) as RecipeObject;
  const wrong = problemsByKey(problems, 'split');
  const whole = problems.find(({ path }) => path === 'split')?.message;
  return (
    <>
      <Select
        label={words.split.method}
        description={words.split.methodAbout}
        data={['random', 'stratified']}
        value={typeof split['method'] === 'string' ? split['method'] : null}
        placeholder={typeof comes['method'] === 'string' ? comes['method'] : words.target.automatic}
        clearable
        error={wrong['method'] ?? whole}
        onChange={(method) => set(['split', 'method'], method ?? undefined)}
      />
      {parts.map((part) => (
        <NumberInput
          key={part}
          label={words.split[part]}
          description={words.split[`${part}About`]}
          value={typeof split[part] === 'number' ? split[part] : ''}
          placeholder={textOf(comes[part] ?? usual[part])}
          min={0}
          max={1}
          step={0.05}
          error={wrong[part]}
          onChange={(share) => set(['split', part], typeof share === 'number' ? share : undefined)}
        />
      ))}
    </>
  );
}
