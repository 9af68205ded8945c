import { Button, MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { Dataset } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { metricWords } from '../runs/headline.ts';
import { numberOf, useSweepDraft, wishOf } from './store.ts';
import { words } from './words.ts';

const { form: text } = words;

/** What is predicted, how it is searched, and when that ends. */
export function StartForm({ datasets, taken }: { datasets: readonly Dataset[]; taken: readonly string[] }) {
  const draft = useSweepDraft();
  const { change } = draft;
  const first = datasets[0]?.name ?? '';
  const known = datasets.some(({ name }) => name === draft.dataset);
  useEffect(() => {
    if (!known) change({ dataset: first, target: null, space: {} });
  }, [known, first, change]);
  const name = draft.name ?? freeName(draft.dataset, taken);
  const wish = wishOf(draft);
  const job = useJobCall('sweeps.start');
  const begin = async (): Promise<void> => {
    if (!wish) return;
    const workers = numberOf(draft.workers);
    await job.start({ ...wish, name, ...(workers === undefined ? {} : { workers }) });
  };
  // Once it is entered its own page shows the rest.
  const entered = job.job?.subject['sweep'];
  useEffect(() => {
    if (entered === undefined) return;
    change({ name: null });
    go(pathOf('sweeps', entered));
  }, [entered, change]);
  return (
    <form
      className="stack sweeps__form"
      aria-label={text.title}
      onSubmit={(event) => {
        event.preventDefault();
        void begin();
      }}
    >
      <h2>{text.title}</h2>
      <Wanted datasets={datasets} known={known} />
      <TextInput
        label={text.name}
        description={text.nameAbout}
        value={name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Limits />
      <details>
        <summary>{text.more}</summary>
        <div className="stack sweeps__form">
          <More />
        </div>
      </details>
      {job.error ? <ErrorPanel error={job.error} what={text.starting} /> : null}
      <div className="row">
        <Button type="submit" variant="filled" loading={job.running} disabled={!wish || name === ''}>
          {text.start}
        </Button>
      </div>
    </form>
  );
}

/** What is predicted from what, and by which kinds of model. */
function Wanted({ datasets, known }: { datasets: readonly Dataset[]; known: boolean }) {
  const { dataset, target, families, search, change } = useSweepDraft();
  const shown = useFacts('datasets.show', { dataset }, { when: known });
  const kinds = useFacts('recipes.families', {});
  const searches = useFacts('sweeps.searches', {});
  return (
    <>
      <Select
        label={text.dataset}
        data={datasets.map((one) => one.name)}
        value={dataset}
        allowDeselect={false}
        onChange={(chosen) =>
          chosen !== null && change({ dataset: chosen, target: null, metric: null, space: {} })
        }
      />
      <Select
        label={text.target}
        placeholder={text.targetAbout}
        data={(shown.data?.schema ?? []).map((field) => field.name)}
        value={target}
        searchable
        onChange={(chosen) => change({ target: chosen, metric: null })}
      />
      <MultiSelect
        label={text.families}
        description={text.familiesAbout}
        data={(kinds.data?.families ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        value={[...families]}
        searchable
        clearable
        onChange={(chosen) => change({ families: chosen, space: {} })}
      />
      <Select
        label={text.search}
        description={searches.data?.searches.find(({ id }) => id === search)?.doc}
        data={(searches.data?.searches ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        value={search}
        allowDeselect={false}
        onChange={(chosen) => chosen !== null && change({ search: chosen })}
      />
    </>
  );
}

/** When it ends. */
function Limits() {
  const { runs, minutes, change } = useSweepDraft();
  return (
    <>
      <NumberInput
        label={text.runs}
        description={text.runsAbout}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={runs}
        onChange={(value) => change({ runs: value })}
      />
      <NumberInput
        label={text.minutes}
        description={text.minutesAbout}
        min={0}
        value={minutes}
        onChange={(value) => change({ minutes: value })}
      />
    </>
  );
}

/** What most sweeps leave as it is. */
function More() {
  const draft = useSweepDraft();
  const { metric, folds, seed, workers, wattHours, recipe, change } = draft;
  const wish = wishOf({ ...draft, space: {}, metric: null });
  const plan = useFacts('sweeps.plan', wish ?? {}, { when: wish !== null, keep: true, retry: false });
  return (
    <>
      <Select
        label={text.metric}
        data={(plan.data?.metrics ?? []).map((id) => ({ value: id, label: metricWords(id) }))}
        placeholder={plan.data ? metricWords(plan.data.metric) : ''}
        value={metric}
        disabled={!plan.data}
        searchable
        clearable
        onChange={(value) => change({ metric: value })}
      />
      <NumberInput
        label={text.folds}
        description={text.foldsAbout}
        min={2}
        max={20}
        allowDecimal={false}
        value={folds}
        onChange={(value) => change({ folds: value })}
      />
      <NumberInput
        label={text.seed}
        placeholder="42"
        min={0}
        allowDecimal={false}
        value={seed}
        onChange={(value) => change({ seed: value })}
      />
      <NumberInput
        label={text.workers}
        description={text.workersAbout}
        min={1}
        max={64}
        allowDecimal={false}
        value={workers}
        onChange={(value) => change({ workers: value })}
      />
      <NumberInput
        label={text.wattHours}
        description={text.wattHoursAbout}
        min={0}
        value={wattHours}
        onChange={(value) => change({ wattHours: value })}
      />
      <Textarea
        label={text.recipe}
        description={text.recipeAbout}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        value={recipe}
        onChange={(event) => change({ recipe: event.currentTarget.value })}
      />
    </>
  );
}

function freeName(base: string, taken: readonly string[]): string {
  const names = [base, ...Array.from({ length: taken.length + 1 }, (_, i) => `${base}-${i + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? base;
}
