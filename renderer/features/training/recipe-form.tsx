import { NumberInput, Select } from '@mantine/core';
import type { Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { SchemaForm, type Values } from '../../ui/form/schema-form.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { Concept } from '../../ui/help/concept.tsx';
import { columnTypes } from '../datasets/column-types.tsx';
import { FamilyChooser } from './family-chooser.tsx';
import { FeatureChooser } from './feature-chooser.tsx';
import { problemsByKey, problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { SplitForm } from './split-form.tsx';
import { StepList } from './step-list.tsx';
import { useTrainDraft } from './store.ts';

interface Props {
  /** Null while the text can't be read. */
  readonly recipe: RecipeObject | null;
  readonly schema: readonly Field[];
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
}

/** The recipe as a form. Empty fields show in grey what they come to. */
export function RecipeForm({ recipe, schema, resolved, problems }: Props) {
  const set = useTrainDraft((state) => state.set);
  const families = useFacts('recipes.families', {});
  if (!recipe) {
    return <p className="dim">The form shows the recipe again when the text beside it can be read.</p>;
  }
  const family = families.data?.families.find(({ id }) => id === recipe['family']);
  const task = textOf(recipe['task'] ?? resolved?.['task']);
  return (
    <div className="stack train__form">
      <section className="panel">
        <header>
          <h2>What to predict</h2>
          <Concept id="target" />
        </header>
        <div className="body train__fields">
          <Select
            label="Target"
            description="the column to predict"
            placeholder="choose a column"
            searchable
            data={targetChoices(schema, recipe['target'])}
            value={typeof recipe['target'] === 'string' ? recipe['target'] : null}
            error={problemText(problems, 'target')}
            allowDeselect={false}
            onChange={(target) => set(['target'], target ?? undefined)}
          />
          <Select
            label="Task"
            description="by the target's type if not said"
            data={['regression', 'classification']}
            value={typeof recipe['task'] === 'string' ? recipe['task'] : null}
            placeholder={typeof resolved?.['task'] === 'string' ? resolved['task'] : 'automatic'}
            error={problemText(problems, 'task')}
            clearable
            onChange={(value) => set(['task'], value ?? undefined)}
          />
        </div>
      </section>
      <section className="panel">
        <header>
          <h2>Kind of model</h2>
          <Concept id="hyperparameter" />
        </header>
        <div className="body stack">
          <FamilyChooser
            families={families.data?.families ?? []}
            task={task}
            value={textOf(recipe['family'])}
            problem={problemText(problems, 'family')}
            onChange={(id) => {
              set(['family'], id);
              set(['params'], undefined);
            }}
          />
          {family ? (
            <SchemaForm
              schema={family.params}
              values={(recipe['params'] ?? {}) as Values}
              resolved={(resolved?.['family'] === family.id ? resolved['params'] : {}) as Values}
              problems={problemsByKey(problems, 'params')}
              onChange={(name, value) => set(['params', name], value)}
            />
          ) : null}
        </div>
      </section>
      <FeatureChooser recipe={recipe} schema={schema} resolved={resolved} problems={problems} />
      <StepList recipe={recipe} resolved={resolved} problems={problems} schema={schema} />
      <section className="panel">
        <header>
          <h2>Split and seed</h2>
          <Concept id="split" />
        </header>
        <div className="body train__fields">
          <SplitForm recipe={recipe} resolved={resolved} problems={problems} />
          <NumberInput
            label="Seed"
            description="same seed, same model"
            value={typeof recipe['seed'] === 'number' ? recipe['seed'] : ''}
            placeholder={textOf(resolved?.['seed'] ?? 42)}
            allowDecimal={false}
            min={0}
            error={problemText(problems, 'seed')}
            onChange={(seed) => set(['seed'], typeof seed === 'number' ? seed : undefined)}
          />
        </div>
      </section>
    </div>
  );
}

/** The columns, and what was written although it is none of them. */
function targetChoices(schema: readonly Field[], target: unknown) {
  const columns = schema.map(({ name, type }) => ({
    value: name,
    label: `${name} (${columnTypes[type].label})`,
  }));
  const written = textOf(target);
  return written === '' || schema.some(({ name }) => name === written)
    ? columns
    : [...columns, { value: written, label: `${written} (not a column)` }];
}
