import { useMemo } from 'react';
import * as z from 'zod';
import { ImportOptions } from '../../../../preload/contract/datasets.ts';
import type { OutputOf } from '../../../api/methods.ts';
import type { JsonSchema } from '../../../ui/form/json-schema.ts';
import { SchemaForm } from '../../../ui/form/schema-form.tsx';

interface Props {
  readonly inspected: OutputOf<'datasets.inspect'>;
  readonly options: ImportOptions;
  readonly onChange: (key: keyof ImportOptions, value: unknown) => void;
}

/** How the file is read: what was detected stands grey in each field. */
export function OptionsForm({ inspected, options, onChange }: Props) {
  const schema = useMemo(() => z.toJSONSchema(ImportOptions, { io: 'input' }) as JsonSchema, []);
  const { detected, notes } = inspected;
  return (
    <aside className="panel import__options" aria-label="How to read it">
      <header>
        <h2>How to read it</h2>
      </header>
      <div className="body stack">
        {notes.map((note) => (
          <p key={note} className="small">
            {note}
          </p>
        ))}
        <SchemaForm
          schema={schema}
          values={{
            ...options,
            ...(options.nullTokens ? { nullTokens: options.nullTokens.filter(Boolean) } : {}),
          }}
          resolved={{
            ...detected,
            // An empty field is always missing; as a tag it would only be a gap.
            nullTokens: detected.nullTokens.filter(Boolean),
            delimiter: detected.delimiter === '\t' ? 'tab' : detected.delimiter,
            dateFormat: detected.dateFormat ?? undefined,
            onReject: 'report',
          }}
          skip={['columns']}
          onChange={(key, value) =>
            onChange(key as keyof ImportOptions, told(key, value, detected.nullTokens))
          }
        />
        <p className="small dim">Lines end in {detected.lineEnding}.</p>
      </div>
    </aside>
  );
}

/** What the form says, as the option it stands for. */
function told(key: string, value: unknown, nullTokens: readonly string[]): unknown {
  if (key === 'delimiter' && value === 'tab') return '\t';
  if (key === 'nullTokens' && Array.isArray(value) && nullTokens.includes(''))
    return ['', ...(value as string[])];
  return value;
}
