import { MultiSelect, SegmentedControl } from '@mantine/core';
import type { Field } from '../../../preload/contract/datasets.ts';
import { problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

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
        <h2 className="grow">{words.features.heading}</h2>
        <SegmentedControl
          size="xs"
          aria-label={words.features.label}
          data={[
            { value: 'all', label: words.features.all },
            { value: 'exclude', label: words.features.exclude },
            { value: 'features', label: words.features.only },
          ]}
          value={way}
          onChange={(next) => choose(next)}
        />
      </header>
      <div className="body stack">
        {way === 'all' ? null : (
          <MultiSelect
            aria-label={way === 'exclude' ? words.features.toLeaveOut : words.features.toUse}
            data={names}
            value={listOf(recipe[way])}
            searchable
            hidePickedOptions
            placeholder={way === 'exclude' ? words.features.leaveOut : words.features.use}
            error={problemText(problems, way)}
            onChange={(chosen) => set([way], chosen)}
          />
        )}
        <p className="small dim">
          {used.length ? words.features.used(used.length, used.join(', ')) : words.features.chooseTarget}
        </p>
      </div>
    </section>
  );
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
