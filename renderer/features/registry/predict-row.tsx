import { Autocomplete, Button, NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { ModelVersion } from '../../../preload/contract/registry.ts';
import { useCall } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { Concept } from '../../ui/help/concept.tsx';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { formatPercent } from '../../ui/text/format.ts';
import { Num } from '../../ui/text/num.tsx';
import { words } from './words.ts';

type Field = OutputOf<'registry.show'>['fields'][number];
type Row = Record<string, string | number | null>;

/** One row by form, filled with typical values; an empty field is a missing value. */
export function PredictRow({ model, fields }: { model: ModelVersion; fields: readonly Field[] }) {
  const [row, setRow] = useState<Row>(() =>
    Object.fromEntries(fields.map(({ name, example }) => [name, shortened(example)])),
  );
  const predict = useCall('registry.predict');
  const set = (name: string, value: string | number | null) => setRow((old) => ({ ...old, [name]: value }));
  const prediction = predict.data?.predictions[0];
  return (
    <form
      className="predict"
      onSubmit={(event) => {
        event.preventDefault();
        predict.mutate({ model: `${model.name}@${model.version}`, rows: [row] });
      }}
    >
      <section className="panel">
        <header>
          <h2>{words.row.title}</h2>
          <Concept id="model-signature" />
          <span className="grow" />
          <Button type="submit" variant="filled" loading={predict.isPending}>
            {words.row.predict(model.target)}
          </Button>
        </header>
        <div className="body predict__fields">
          {fields.map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              value={row[field.name] ?? null}
              onChange={(value) => set(field.name, value)}
            />
          ))}
        </div>
      </section>
      <aside className="panel predict__result" aria-live="polite">
        <header>
          <h2>{words.row.prediction}</h2>
        </header>
        <div className="body stack">
          {predict.error ? <ErrorPanel error={predict.error} what={words.row.predicting} /> : null}
          {prediction ? (
            <>
              <div>
                <div className="small dim">{model.target}</div>
                <div className="predict__value">
                  {typeof prediction['prediction'] === 'number' ? (
                    <Num value={prediction['prediction']} />
                  ) : (
                    prediction['prediction']
                  )}
                </div>
              </div>
              <Probabilities of={prediction} />
              {predict.data?.notes.map((note) => (
                <p key={note} className="small dim">
                  {note}
                </p>
              ))}
            </>
          ) : (
            <p className="dim">{words.row.hint}</p>
          )}
        </div>
      </aside>
    </form>
  );
}

/** A typical value needs no more digits than a person would type. */
function shortened(example: Field['example']): Field['example'] {
  return typeof example === 'number' && !Number.isInteger(example) ? Number(example.toPrecision(6)) : example;
}

interface FieldInputProps {
  readonly field: Field;
  readonly value: string | number | null;
  readonly onChange: (value: string | number | null) => void;
}

function FieldInput({ field, value, onChange }: FieldInputProps) {
  if (field.kind === 'number') {
    return (
      <NumberInput
        label={field.name}
        placeholder={words.row.missing}
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      />
    );
  }
  const unseen =
    field.kind === 'category' && typeof value === 'string' && value !== '' && !field.levels.includes(value);
  return (
    <Autocomplete
      label={field.name}
      placeholder={words.row.missing}
      data={field.levels.slice(0, 200)}
      limit={50}
      value={value === null ? '' : String(value)}
      {...(unseen ? { description: words.row.unseen } : {})}
      onChange={(next) => onChange(next === '' ? null : next)}
    />
  );
}

function Probabilities({ of }: { of: Readonly<Record<string, string | number>> }) {
  const classes = Object.entries(of)
    .filter(
      (entry): entry is [string, number] =>
        entry[0].startsWith('probability_') && typeof entry[1] === 'number',
    )
    .map(([name, share]) => ({ name: name.slice('probability_'.length), share }))
    .sort((a, b) => b.share - a.share);
  if (!classes.length) return null;
  return (
    <dl className="probabilities">
      {classes.map(({ name, share }) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt className="truncate">{name}</dt>
          <dd className="probabilities__bar">
            <div style={{ width: `${share * 100}%` }} />
          </dd>
          <dd className="right" title={String(share)}>
            {formatPercent(share)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
