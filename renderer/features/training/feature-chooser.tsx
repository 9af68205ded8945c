import { MultiSelect, SegmentedControl } from '@mantine/core';
import type { Field } from '../../../preload/contract/datasets.ts';
import { problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly schema: readonly Field[];
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
}

type Way = 'all' | 'exclude' | 'features';

/** Which columns the model may look at. */
export function FeatureChooser({ recipe, schema, resolved, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const way: Way =
    recipe['features'] === undefined ? (recipe['exclude'] === undefined ? 'all' : 'exclude') : 'features';
  const names = schema.map(({ name }) => name).filter((name) => name !== recipe['target']);
  const used = listOf(resolved?.['features']);
  const choose = (next: Way) => {
    set(['exclude'], next === 'exclude' ? [] : undefined);
    set(['features'], next === 'features' ? used : undefined);
  };
  return (
    <section className="panel">
      <header>
        <h2 className="grow">Columns it may use</h2>
        <SegmentedControl
          size="xs"
          aria-label="Columns"
          data={[
            { value: 'all', label: 'all that help' },
            { value: 'exclude', label: 'all except' },
            { value: 'features', label: 'only these' },
          ]}
          value={way}
          onChange={(next) => choose(next)}
        />
      </header>
      <div className="body stack">
        {way === 'all' ? null : (
          <MultiSelect
            aria-label={way === 'exclude' ? 'Columns to leave out' : 'Columns to use'}
            data={names}
            value={listOf(recipe[way])}
            searchable
            hidePickedOptions
            placeholder={way === 'exclude' ? 'leave out …' : 'use …'}
            error={problemText(problems, way)}
            onChange={(chosen) => set([way], chosen)}
          />
        )}
        <p className="small dim">
          {used.length
            ? `${used.length} used: ${used.join(', ')}`
            : 'Choose a target to see which columns are used.'}
        </p>
      </div>
    </section>
  );
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
