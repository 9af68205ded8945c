import {
  Autocomplete,
  JsonInput,
  MultiSelect,
  NumberInput,
  Select,
  Switch,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { formatNumber } from '../text/format.ts';
import { textOf } from '../text/text-of.ts';
import { fieldKind, type JsonSchema } from './json-schema.ts';
import { NumbersInput } from './numbers-input.tsx';
import { words } from './words.ts';

interface Props {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly standard: unknown;
  readonly problem?: string;
  readonly onChange: (value: unknown) => void;
}

/** One parameter. What is shown grey is the default; "reset" goes back to it. */
export function SchemaField({ name, schema, value, standard, problem, onChange }: Props) {
  const kind = fieldKind(schema);
  const changed = value !== undefined;
  const title = schema.title ?? name;
  const label: ReactNode = (
    <>
      {title}
      {changed && standard !== undefined ? (
        <button
          type="button"
          className="schema-form__reset"
          title={words.backTo(plain(standard))}
          aria-label={words.resetOf(title)}
          onClick={(event) => {
            event.preventDefault();
            onChange(undefined);
          }}
        >
          {words.reset}
        </button>
      ) : null}
    </>
  );
  const base = {
    label,
    'aria-label': title,
    ...(schema.description ? { description: schema.description } : {}),
    ...(problem ? { error: problem } : {}),
  };
  const placeholder = standard === undefined || standard === null ? words.none : plain(standard);
  switch (kind.kind) {
    case 'boolean':
      return (
        <div className="schema-form__switch">
          <Switch
            {...base}
            checked={Boolean(value ?? standard)}
            onChange={(event) => onChange(event.currentTarget.checked)}
          />
        </div>
      );
    case 'choice':
      return (
        <Select
          {...base}
          data={choicesWith(kind.options, value)}
          value={
            value === undefined
              ? standard === undefined || standard === null
                ? null
                : textOf(standard)
              : textOf(value)
          }
          placeholder={placeholder}
          allowDeselect={false}
          clearable={kind.nullable}
          onChange={(chosen) => onChange(kind.options.find((option) => String(option) === chosen) ?? null)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...base}
          value={typeof value === 'number' ? value : ''}
          placeholder={placeholder}
          allowDecimal={!kind.whole}
          clampBehavior="none"
          {...(kind.min === undefined ? {} : { min: kind.min })}
          {...(kind.max === undefined ? {} : { max: kind.max })}
          onChange={(next) =>
            onChange(typeof next === 'number' ? next : next === '' ? undefined : Number(next))
          }
        />
      );
    case 'choice-or-text':
      return (
        <Autocomplete
          {...base}
          data={[...kind.options]}
          filter={({ options }) => options}
          value={textOf(value)}
          placeholder={placeholder}
          onChange={(text) => onChange(entered(text, false))}
        />
      );
    case 'scalar':
    case 'text':
      return (
        <TextInput
          {...base}
          value={textOf(value)}
          placeholder={placeholder}
          onChange={(event) => onChange(entered(event.currentTarget.value, kind.kind === 'scalar'))}
        />
      );
    case 'texts':
      return <TagsInput {...base} value={listOf(value ?? standard)} onChange={onChange} />;
    case 'choices':
      return (
        <MultiSelect
          {...base}
          data={[...kind.options]}
          value={listOf(value ?? standard)}
          onChange={onChange}
        />
      );
    case 'numbers':
      return (
        <NumbersInput {...base} value={value} standard={standard} whole={kind.whole} onChange={onChange} />
      );
    case 'choice-or-map':
      return (
        <Autocomplete
          {...base}
          data={[...kind.options]}
          filter={({ options }) => options}
          placeholder={placeholder}
          value={value === undefined ? '' : plain(value)}
          onChange={(text) => onChange(parsed(text))}
        />
      );
    case 'json':
    default:
      return (
        <JsonInput
          {...base}
          autosize
          minRows={1}
          placeholder={placeholder}
          defaultValue={value === undefined ? '' : JSON.stringify(value)}
          onBlur={(event) => onChange(parsed(event.currentTarget.value))}
        />
      );
  }
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The options, and what was written although it is none of them. */
function choicesWith(options: readonly (string | number)[], value: unknown): string[] {
  const texts = options.map(String);
  const written = textOf(value);
  return written === '' || texts.includes(written) ? texts : [...texts, written];
}

/** Empty is back to the default. */
function entered(text: string, mayBeNumber: boolean): string | number | undefined {
  if (text === '') return undefined;
  return mayBeNumber && /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function parsed(text: string): unknown {
  if (!text.trim()) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function plain(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value);
  if (Array.isArray(value)) return value.map(plain).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value);
}
