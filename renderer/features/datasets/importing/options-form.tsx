import { useMemo } from 'react';
import * as z from 'zod';
import { ImportOptions } from '../../../../preload/contract/import-options.ts';
import type { OutputOf } from '../../../api/methods.ts';
import type { JsonSchema } from '../../../ui/form/json-schema.ts';
import { SchemaForm } from '../../../ui/form/schema-form.tsx';
import { words } from './words.ts';

type Inspected = OutputOf<'datasets.inspect'>;

interface Props {
  readonly inspected: Inspected;
  readonly options: ImportOptions;
  readonly onChange: (key: keyof ImportOptions, value: unknown) => void;
}

/** How the source is read, from the options that its format has: what was detected stands grey in each field. */
export function OptionsForm({ inspected, options, onChange }: Props) {
  const schema = useMemo(() => z.toJSONSchema(ImportOptions, { io: 'input' }) as JsonSchema, []);
  const { detected, notes, tables } = inspected;
  const skip = Object.keys(ImportOptions.shape).filter(
    (key) => key === 'columns' || !inspected.options.includes(key),
  );
  const nullTokens = detected?.nullTokens ?? [];
  return (
    <aside className="panel import__options" aria-label={words.howToRead}>
      <header>
        <h2>{words.howToRead}</h2>
      </header>
      <div className="body stack">
        {notes.map((note) => (
          <p key={note} className="small">
            {note}
          </p>
        ))}
        {tables.length > 1 ? <p className="small">{words.tables(tables.join(', '))}</p> : null}
        <SchemaForm
          schema={schema}
          values={{
            ...options,
            ...(options.nullTokens ? { nullTokens: options.nullTokens.filter(Boolean) } : {}),
          }}
          resolved={resolvedOf(inspected)}
          skip={skip}
          onChange={(key, value) => onChange(key as keyof ImportOptions, told(key, value, nullTokens))}
        />
        {detected ? <p className="small dim">{words.linesEnd(detected.lineEnding)}</p> : null}
      </div>
    </aside>
  );
}

function resolvedOf({ detected, format, tables }: Inspected): Record<string, unknown> {
  if (!detected) return { format, table: tables[0], sheet: tables[0] };
  return {
    ...detected,
    format,
    // An empty field is always missing; as a tag it would only be a gap.
    nullTokens: detected.nullTokens.filter(Boolean),
    delimiter: detected.delimiter === '\t' ? words.tab : detected.delimiter,
    dateFormat: detected.dateFormat ?? undefined,
    onReject: 'report',
  };
}

/** What the form says, as the option it stands for. */
function told(key: string, value: unknown, nullTokens: readonly string[]): unknown {
  if (key === 'delimiter' && (value === 'tab' || value === words.tab)) return '\t';
  if (key === 'nullTokens' && Array.isArray(value) && nullTokens.includes(''))
    return ['', ...(value as string[])];
  return value;
}
