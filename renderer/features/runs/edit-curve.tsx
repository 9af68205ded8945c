import { Button, Checkbox, Modal, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import { PenLine } from 'lucide-react';
import { useState } from 'react';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { JobProgress } from '../../ui/state/job-progress.tsx';
import { words } from './edit-words.ts';

type Shown = OutputOf<'training.show'>;

/** Whether the run's recipe has a place for edits of its curves. */
function isEditable({ recipe, run }: Shown): boolean {
  const params = recipe['params'];
  return run.status === 'done' && typeof params === 'object' && params !== null && 'edits' in params;
}

/** Sets a part of one curve by hand, as a new run. Nothing for runs that have no curves. */
export function EditCurve({ shown }: { shown: Shown }) {
  const [opened, setOpened] = useState(false);
  if (!isEditable(shown)) return null;
  return (
    <div className="row" style={{ marginBottom: 8 }}>
      <Button leftSection={<PenLine size={14} aria-hidden />} onClick={() => setOpened(true)}>
        {words.open}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={words.title}>
        <EditForm shown={shown} />
      </Modal>
    </div>
  );
}

function EditForm({ shown: { run, recipe } }: { shown: Shown }) {
  const features = Array.isArray(recipe['features']) ? recipe['features'].map(String) : [];
  const [feature, setFeature] = useState(features[0] ?? '');
  const [from, setFrom] = useState<number | string>('');
  const [to, setTo] = useState<number | string>('');
  const [levels, setLevels] = useState<string[]>([]);
  const [missing, setMissing] = useState(false);
  const [value, setValue] = useState<number | string>('');
  const [why, setWhy] = useState('');
  const job = useJobCall('training.edit', ({ run: made }) => go(pathOf('runs', made.id, 'report')));
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const [low, high] = [numberIn(from), numberIn(to)];
        void job.start({
          run: run.id,
          feature,
          ...(low === null ? {} : { from: low }),
          ...(high === null ? {} : { to: high }),
          ...(levels.length ? { levels } : {}),
          missing,
          value: numberIn(value) ?? 0,
          why: why.trim(),
        });
      }}
    >
      <p className="dim small">{words.about}</p>
      <Select
        label={words.feature}
        data={features}
        value={feature}
        searchable
        allowDeselect={false}
        data-autofocus
        onChange={(chosen) => setFeature(chosen ?? '')}
      />
      <NumberInput label={words.from} description={words.rangeAbout} value={from} onChange={setFrom} />
      <NumberInput label={words.to} description={words.rangeAbout} value={to} onChange={setTo} />
      <TagsInput label={words.levels} description={words.levelsAbout} value={levels} onChange={setLevels} />
      <Checkbox
        label={words.missing}
        checked={missing}
        onChange={(event) => setMissing(event.currentTarget.checked)}
      />
      <NumberInput
        label={words.value}
        description={words.valueAbout}
        value={value}
        required
        onChange={setValue}
      />
      <TextInput
        label={words.why}
        description={words.whyAbout}
        value={why}
        required
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {job.running ? <JobProgress job={job.job} onCancel={job.cancel} /> : null}
      {job.error ? <ErrorPanel error={job.error} what={words.training} /> : null}
      <Button
        type="submit"
        variant="filled"
        loading={job.running}
        disabled={numberIn(value) === null || why.trim().length < 5}
      >
        {words.train}
      </Button>
    </form>
  );
}

function numberIn(value: number | string): number | null {
  return value === '' || Number.isNaN(Number(value)) ? null : Number(value);
}

/** The run that this one was edited from, and why. */
export function EditedFrom({ edited }: { edited: Shown['edited'] }) {
  if (!edited) return null;
  return (
    <p className="small">
      {words.parent} <a href={`#${pathOf('runs', edited.parent)}`}>{edited.parent}</a>
      {words.because(edited.why)}
    </p>
  );
}
