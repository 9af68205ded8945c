import { isNumeric } from '../../../preload/contract/column-types.ts';
import { NumberInput, Select } from '@mantine/core';
import type { Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { SchemaForm, type Values } from '../../ui/form/schema-form.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { Concept } from '../../ui/help/concept.tsx';
import { typeWords } from '../datasets/column-types.tsx';
import { BalanceFields } from './balance-fields.tsx';
import { CorrectionFields } from './correction-fields.tsx';
import { FamilyChooser } from './family-chooser.tsx';
import { FeatureChooser } from './feature-chooser.tsx';
import { FilterForm } from './filter-form.tsx';
import { JoinForm } from './join-form.tsx';
import { LagsForm } from './lags-form.tsx';
import { problemsByKey, problemText, type RecipeProblem } from './problems.ts';
import type { RecipeObject } from './recipe-text.ts';
import { SplitForm } from './split-form.tsx';
import { StepList } from './step-list.tsx';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  /** Null while the text can't be read. */
  readonly recipe: RecipeObject | null;
  readonly schema: readonly Field[];
  /** Columns that the recipe's joins and lags make. */
  readonly made: { readonly joined: readonly Field[]; readonly lags: readonly Field[] };
  readonly resolved: RecipeObject | null;
  readonly problems: readonly RecipeProblem[];
  readonly effect: OutputOf<'recipes.effect'> | undefined;
}

/** The recipe as a form. Empty fields show in grey what they come to. */
export function RecipeForm({ recipe, schema, made, resolved, problems, effect }: Props) {
  const set = useTrainDraft((state) => state.set);
  const families = useFacts('recipes.families', {});
  if (!recipe) {
    return <p className="dim">{words.cantRead}</p>;
  }
  const withJoined = [...schema, ...made.joined];
  const all = [...withJoined, ...made.lags];
  const family = families.data?.families.find(({ id }) => id === recipe['family']);
  const task = textOf(recipe['task'] ?? resolved?.['task']);
  return (
    <div className="stack train__form">
      <section className="panel">
        <header>
          <h2>{words.target.heading}</h2>
          <Concept id="target" />
        </header>
        <div className="body train__fields">
          <Select
            label={words.target.label}
            description={words.target.about}
            placeholder={words.target.choose}
            searchable
            data={targetChoices(schema, recipe['target'])}
            value={typeof recipe['target'] === 'string' ? recipe['target'] : null}
            error={problemText(problems, 'target')}
            allowDeselect={false}
            onChange={(target) => set(['target'], target ?? undefined)}
          />
          <Select
            label={words.target.task}
            description={words.target.taskAbout}
            data={tasks.map((value) => ({ value, label: words.target[value] }))}
            value={typeof recipe['task'] === 'string' ? recipe['task'] : null}
            placeholder={typeof resolved?.['task'] === 'string' ? resolved['task'] : words.target.automatic}
            error={problemText(problems, 'task')}
            clearable
            onChange={(value) => set(['task'], value ?? undefined)}
          />
          <Select
            label={words.target.weight}
            description={words.target.weightAbout}
            placeholder={words.target.everyRow}
            searchable
            data={weightChoices(withJoined, recipe)}
            value={typeof recipe['weight'] === 'string' ? recipe['weight'] : null}
            error={problemText(problems, 'weight')}
            clearable
            onChange={(weight) => set(['weight'], weight ?? undefined)}
          />
        </div>
      </section>
      <section className="panel">
        <header>
          <h2>{words.family.heading}</h2>
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
      <FeatureChooser recipe={recipe} schema={all} resolved={resolved} problems={problems} />
      <JoinForm recipe={recipe} schema={schema} problems={problems} />
      <LagsForm recipe={recipe} schema={withJoined} resolved={resolved} problems={problems} />
      <FilterForm recipe={recipe} problems={problems} />
      <StepList recipe={recipe} resolved={resolved} problems={problems} schema={all} effect={effect} />
      <section className="panel">
        <header>
          <h2>{words.split.heading}</h2>
          <Concept id="split" />
        </header>
        <div className="body train__fields">
          <SplitForm
            recipe={recipe}
            resolved={resolved}
            problems={problems}
            columns={all.map(({ name }) => name)}
          />
          <BalanceFields recipe={recipe} task={task} problems={problems} />
          <CorrectionFields recipe={recipe} task={task} problems={problems} />
          <NumberInput
            label={words.target.seed}
            description={words.target.seedAbout}
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

const tasks = ['regression', 'classification'] as const;

/** Columns of numbers, and what was written although it is none. */
function weightChoices(schema: readonly Field[], { target, weight }: RecipeObject): string[] {
  const numbers = schema
    .filter(({ name, type }) => isNumeric(type) && name !== target)
    .map(({ name }) => name);
  return typeof weight === 'string' && !numbers.includes(weight) ? [...numbers, weight] : numbers;
}

/** The columns, and what was written although it is none of them. */
function targetChoices(schema: readonly Field[], target: unknown) {
  const columns = schema.map(({ name, type }) => ({
    value: name,
    label: `${name} (${typeWords(type).label})`,
  }));
  const written = textOf(target);
  return written === '' || schema.some(({ name }) => name === written)
    ? columns
    : [...columns, { value: written, label: words.target.notAColumn(written) }];
}
