import { Button, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Dataset } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { words } from './words.ts';

const { form: text } = words;

/** What is predicted, how it is searched, and when that ends. */
export function StartForm({ datasets, taken }: { datasets: readonly Dataset[]; taken: readonly string[] }) {
  const [dataset, setDataset] = useState(datasets[0]?.name ?? '');
  const [target, setTarget] = useState<string | null>(null);
  const [named, setNamed] = useState<string | null>(null);
  const name = named ?? freeName(dataset, taken);
  const [families, setFamilies] = useState<string[]>([]);
  const [search, setSearch] = useState('tpe');
  const [runs, setRuns] = useState<number | string>('');
  const [minutes, setMinutes] = useState<number | string>('');
  const [folds, setFolds] = useState<number | string>('');
  const [seed, setSeed] = useState<number | string>(42);
  const shown = useFacts('datasets.show', { dataset }, { when: dataset !== '' });
  const known = useFacts('recipes.families', {});
  const searches = useFacts('sweeps.searches', {});
  const job = useJobCall('sweeps.start');
  const begin = async (): Promise<void> => {
    if (target === null) return;
    const optional = {
      runs: number(runs),
      minutes: number(minutes),
      folds: number(folds),
      seed: number(seed),
    };
    await job.start({
      name,
      dataset,
      target,
      search,
      ...(families.length ? { families } : {}),
      ...(Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)) as {
        runs?: number;
      }),
    });
  };
  // Once it is entered its own page shows the rest.
  const entered = job.job?.subject['sweep'];
  useEffect(() => {
    if (entered !== undefined) go(pathOf('sweeps', entered));
  }, [entered]);
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
      <Select
        label={text.dataset}
        data={datasets.map((one) => one.name)}
        value={dataset}
        allowDeselect={false}
        onChange={(chosen) => {
          if (chosen === null) return;
          setDataset(chosen);
          setTarget(null);
        }}
      />
      <Select
        label={text.target}
        data={(shown.data?.schema ?? []).map((field) => field.name)}
        value={target}
        searchable
        onChange={setTarget}
      />
      <TextInput
        label={text.name}
        description={text.nameAbout}
        value={name}
        onChange={(event) => setNamed(event.currentTarget.value)}
      />
      <MultiSelect
        label={text.families}
        description={text.familiesAbout}
        data={(known.data?.families ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        value={families}
        searchable
        clearable
        onChange={setFamilies}
      />
      <Select
        label={text.search}
        description={searches.data?.searches.find(({ id }) => id === search)?.doc}
        data={(searches.data?.searches ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        value={search}
        allowDeselect={false}
        onChange={(chosen) => chosen !== null && setSearch(chosen)}
      />
      <NumberInput
        label={text.runs}
        description={text.runsAbout}
        min={1}
        max={10_000}
        allowDecimal={false}
        value={runs}
        onChange={setRuns}
      />
      <NumberInput
        label={text.minutes}
        description={text.minutesAbout}
        min={0}
        value={minutes}
        onChange={setMinutes}
      />
      <NumberInput
        label={text.folds}
        description={text.foldsAbout}
        min={2}
        max={20}
        allowDecimal={false}
        value={folds}
        onChange={setFolds}
      />
      <NumberInput label={text.seed} min={0} allowDecimal={false} value={seed} onChange={setSeed} />
      {job.error ? <ErrorPanel error={job.error} what={text.starting} /> : null}
      <div className="row">
        <Button
          type="submit"
          variant="filled"
          loading={job.running}
          disabled={target === null || name === ''}
        >
          {text.start}
        </Button>
      </div>
    </form>
  );
}

function number(value: number | string): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function freeName(base: string, taken: readonly string[]): string {
  const names = [base, ...Array.from({ length: taken.length + 1 }, (_, i) => `${base}-${i + 2}`)];
  return names.find((name) => !taken.includes(name)) ?? base;
}
