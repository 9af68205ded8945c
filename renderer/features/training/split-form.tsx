import { Checkbox, NumberInput, Select } from '@mantine/core';
import { textOf } from '../../ui/text/text-of.ts';
import { InheritFields } from './inherit-fields.tsx';
import { problemsByKey, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
  /** Names of the data's columns. */
  readonly columns: readonly string[];
}

const parts = ['train', 'validation', 'test'] as const;
const usual = { train: 0.6, validation: 0.2, test: 0.2 } as const;
const methods = Object.keys(words.split.methods) as (keyof typeof words.split.methods)[];
const plain: readonly unknown[] = ['random', 'stratified', undefined];

/** Which rows train, validate and test. */
export function SplitForm({ recipe, resolved, problems, columns }: Props) {
  const set = useTrainDraft((state) => state.set);
  const split = (recipe['split'] ?? {}) as RecipeObject;
  const comes = (resolved?.['split'] ?? {}) as RecipeObject;
  const wrong = problemsByKey(problems, 'split');
  const whole = problems.find(({ path }) => path === 'split')?.message;
  const { method } = split;
  const folded = split['folds'] !== undefined;
  const inherited = <InheritFields split={split} wrong={wrong} columns={columns} />;
  const seal = (
    <Checkbox
      label={words.split.sealed}
      description={words.split.sealedAbout}
      checked={split['sealed'] === true}
      error={wrong['sealed']}
      onChange={(event) => set(['split', 'sealed'], event.currentTarget.checked || undefined)}
    />
  );
  if (split['inherit'] !== undefined) {
    return (
      <>
        {inherited}
        {seal}
      </>
    );
  }
  return (
    <>
      <Select
        label={words.split.method}
        description={words.split.methodAbout}
        data={methods.map((value) => ({ value, label: words.split.methods[value] }))}
        value={typeof method === 'string' ? method : null}
        placeholder={typeof comes['method'] === 'string' ? comes['method'] : words.target.automatic}
        clearable
        error={wrong['method'] ?? whole}
        onChange={(chosen) => {
          set(['split', 'method'], chosen ?? undefined);
          const without = [
            ...(plain.includes(chosen ?? undefined) ? ['by'] : []),
            ...(chosen === 'time' ? [] : ['gap']),
            ...(chosen === 'column' ? [...parts, 'folds'] : []),
          ];
          for (const key of without) if (split[key] !== undefined) set(['split', key], undefined);
        }}
      />
      {plain.includes(method) ? null : (
        <Select
          label={words.split.by}
          description={words.split.byAbout}
          data={[...columns]}
          value={typeof split['by'] === 'string' ? split['by'] : null}
          searchable
          error={wrong['by']}
          onChange={(column) => set(['split', 'by'], column ?? undefined)}
        />
      )}
      {method === 'time' ? (
        <NumberInput
          label={words.split.gap}
          description={words.split.gapAbout}
          value={typeof split['gap'] === 'number' ? split['gap'] : ''}
          placeholder="0"
          min={0}
          error={wrong['gap']}
          onChange={(gap) => set(['split', 'gap'], typeof gap === 'number' ? gap : undefined)}
        />
      ) : null}
      {method === 'column' ? null : (
        <NumberInput
          label={words.split.folds}
          description={words.split.foldsAbout}
          value={typeof split['folds'] === 'number' ? split['folds'] : ''}
          placeholder={words.split.foldsNone}
          min={2}
          max={100}
          allowDecimal={false}
          error={wrong['folds']}
          onChange={(folds) => {
            set(['split', 'folds'], typeof folds === 'number' ? folds : undefined);
            if (typeof folds === 'number' && split['validation'] !== undefined)
              set(['split', 'validation'], undefined);
          }}
        />
      )}
      {(method === 'column' ? [] : parts.filter((part) => !folded || part !== 'validation')).map((part) => (
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
      {seal}
      {inherited}
    </>
  );
}
