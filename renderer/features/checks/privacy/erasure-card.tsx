import { Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ErasureDone, ErasureStep, SubjectPlaces } from '../../../../preload/contract/privacy.ts';
import { useJobCall } from '../../../api/jobs.ts';
import { ErrorPanel } from '../../../ui/state/error-panel.tsx';
import { JobProgress } from '../../../ui/state/job-progress.tsx';
import { DenseTable } from '../../../ui/table/dense-table.tsx';
import { words as all } from './words.ts';

const words = all.erasure;

interface Props {
  readonly dataset: string;
  readonly columns: readonly string[];
}

/** One person, erased from the whole workspace: first the plan, then a question that names what goes. */
export function ErasureCard({ dataset, columns }: Props) {
  const [column, setColumn] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const [keep, setKeep] = useState<string[]>([]);
  const [keepModels, setKeepModels] = useState(false);
  const plan = useJobCall('privacy.erase');
  const erase = useJobCall('privacy.erase');
  const subject = `${dataset.slice(0, dataset.lastIndexOf('@'))}.${column ?? ''}`;
  const asked = { subject, value: value.trim() };
  const show = (kept: string[], models = keepModels): void => {
    erase.reset();
    void plan.start({ ...asked, keep: kept, keepModels: models, dryRun: true });
  };
  const change = (): void => {
    plan.reset();
    erase.reset();
    setKeep([]);
  };
  const found = plan.result;
  const done = erase.result?.erased;
  return (
    <section className="checks__card stack" aria-labelledby="erasure">
      <h2 id="erasure">{words.title}</h2>
      <p className="dim">{words.about}</p>
      <form
        className="privacy__anonymity"
        onSubmit={(event) => {
          event.preventDefault();
          show(keep);
        }}
      >
        <Select
          label={words.column}
          data={columns}
          value={column}
          searchable
          onChange={(name) => {
            setColumn(name);
            change();
          }}
        />
        <TextInput
          label={words.value}
          value={value}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            change();
          }}
        />
        <Button type="submit" disabled={column === null || asked.value === ''} loading={plan.running}>
          {words.show}
        </Button>
      </form>
      {plan.running ? <JobProgress job={plan.job} onCancel={plan.cancel} /> : null}
      {plan.error ? <ErrorPanel error={plan.error} what={words.planning} /> : null}
      {found && !done ? (
        <Plan
          places={found.places}
          steps={found.steps}
          keep={keep}
          keepModels={keepModels}
          erasing={erase.running}
          onKeepModels={(models) => {
            setKeepModels(models);
            show(keep, models);
          }}
          onKeep={(kept) => {
            setKeep(kept);
            show(kept);
          }}
          onErase={(reason) =>
            void erase.start({
              ...asked,
              keep,
              keepModels,
              yes: true,
              expect: found.plan,
              ...(reason === '' ? {} : { reason }),
            })
          }
        />
      ) : null}
      {erase.running ? <JobProgress job={erase.job} onCancel={erase.cancel} /> : null}
      {erase.error ? <ErrorPanel error={erase.error} what={words.erasing} /> : null}
      {done ? <Done {...done} /> : null}
    </section>
  );
}

interface PlanProps {
  readonly places: SubjectPlaces;
  readonly steps: readonly ErasureStep[];
  readonly keep: readonly string[];
  readonly keepModels: boolean;
  readonly erasing: boolean;
  readonly onKeepModels: (keep: boolean) => void;
  readonly onKeep: (versions: string[]) => void;
  readonly onErase: (reason: string) => void;
}

function Plan({ places, steps, keep, keepModels, erasing, onKeepModels, onKeep, onErase }: PlanProps) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const unsure = places.derived
    .filter(({ rows }) => rows === null)
    .map(({ dataset, version }) => `${dataset}@${version}`);
  const lost = steps
    .filter(({ action }) => action === 'remove' || action === 'train-again' || action === 'rewrite')
    .map(({ action, what }) => (action === 'rewrite' ? words.rowsOf(what) : what));
  if (steps.length === 0) return <p role="status">{words.nothing}</p>;
  return (
    <>
      <DenseTable
        label={words.plan}
        rows={steps}
        keyOf={({ action, what }) => `${action} ${what}`}
        columns={[
          {
            id: 'action',
            title: words.action,
            value: ({ action }) => action,
            render: ({ action }) => words.actions[action],
          },
          {
            id: 'what',
            title: words.what,
            value: ({ what }) => what,
            render: ({ what }) => <strong>{what}</strong>,
          },
          {
            id: 'because',
            title: words.because,
            render: ({ because }) => <span className="checks__sentence">{because}</span>,
          },
        ]}
      />
      {places.notes.map((note) => (
        <p key={note} className="dim">
          {note}
        </p>
      ))}
      {unsure.length > 0 ? (
        <MultiSelect label={words.keep} data={unsure} value={[...keep]} clearable onChange={onKeep} />
      ) : null}
      {places.runs.length > 0 ? (
        <Checkbox
          label={words.keepModels}
          description={words.keepModelsAbout}
          checked={keepModels}
          onChange={(event) => onKeepModels(event.currentTarget.checked)}
        />
      ) : null}
      {asking ? (
        <section className="panel" aria-label={words.sure}>
          <div className="body stack">
            <p>{words.sure}</p>
            {lost.length > 0 ? <p>{words.lost(lost.join(', '))}</p> : null}
            <TextInput
              label={words.reason}
              description={words.reasonAbout}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
            <div className="row">
              <Button
                variant="filled"
                color="red.9"
                loading={erasing}
                onClick={() => {
                  setAsking(false);
                  onErase(reason.trim());
                }}
              >
                {words.yes}
              </Button>
              <Button onClick={() => setAsking(false)}>{words.no}</Button>
            </div>
          </div>
        </section>
      ) : (
        <div className="row">
          <Button disabled={erasing} onClick={() => setAsking(true)}>
            {words.erase}
          </Button>
        </div>
      )}
    </>
  );
}

function Done({ snapshots, runs, models, kept, journal, finished, scanned }: ErasureDone) {
  return (
    <div className="stack" role="status">
      <p>{words.done(snapshots.length, runs.length, models.length, journal)}</p>
      {kept.length > 0 ? <p>{words.keptRuns(kept.join(', '))}</p> : null}
      <p>
        {scanned.found.length === 0
          ? words.clean(scanned.files.toLocaleString())
          : words.left(scanned.found.join(', '))}
      </p>
      {finished ? null : <p>{words.unfinished}</p>}
    </div>
  );
}
