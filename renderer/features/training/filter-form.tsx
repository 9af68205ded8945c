import { Select, TextInput } from '@mantine/core';
import { problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly recipe: RecipeObject;
  readonly problems: readonly RecipeProblem[];
}

/** Which rows the recipe is about, as a condition. */
export function FilterForm({ recipe, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const filter = (recipe['filter'] ?? {}) as RecipeObject;
  const { where, rows } = filter;
  return (
    <section className="panel">
      <header>
        <h2>{words.filter.heading}</h2>
      </header>
      <div className="body train__fields">
        <TextInput
          label={words.filter.where}
          description={words.filter.whereAbout}
          placeholder={words.filter.every}
          spellCheck={false}
          value={typeof where === 'string' ? where : ''}
          error={problemText(problems, 'filter')}
          onChange={({ currentTarget: { value } }) =>
            value === '' ? set(['filter'], undefined) : set(['filter', 'where'], value)
          }
        />
        <Select
          label={words.filter.rows}
          data={(['all', 'training'] as const).map((value) => ({ value, label: words.filter[value] }))}
          value={typeof rows === 'string' ? rows : 'all'}
          disabled={typeof where !== 'string'}
          allowDeselect={false}
          onChange={(value) => set(['filter', 'rows'], value === 'training' ? value : undefined)}
        />
      </div>
    </section>
  );
}
