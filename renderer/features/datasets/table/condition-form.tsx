import { Button, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { typeKind, type TypeKind } from '../../../../preload/contract/column-types.ts';
import type { Field } from '../../../../preload/contract/datasets.ts';
import { columnText, valueText } from './view-query.ts';
import { words } from './words.ts';

type Test = keyof typeof words.tests;

const numeric: readonly Test[] = ['>=', '<=', '>', '<', '=', '!=', 'between', 'in'];
const tests: Readonly<Record<TypeKind, readonly Test[]>> = {
  decimal: numeric,
  categorical: ['=', '!=', 'in', 'contains'],
  utf8: ['contains', '=', '!=', 'in', '>=', '<='],
  bool: ['=', '!='],
  int64: numeric,
  float64: numeric,
  date: numeric,
  timestamp: numeric,
  timestamptz: numeric,
};
const examples: Readonly<Record<TypeKind, string>> = {
  decimal: '0.00',
  categorical: '',
  utf8: '',
  bool: 'true',
  int64: '0',
  float64: '0',
  date: '2024-01-31',
  timestamp: '2024-01-31 13:05',
  timestamptz: '2024-01-31 13:05Z',
};

/** A test of one column, made into the text of a condition. */
export function ConditionForm({ field, onAdd }: { field: Field; onAdd: (condition: string) => void }) {
  const choices = tests[typeKind(field.type)];
  const [test, setTest] = useState<Test>(choices[0] ?? '=');
  const [value, setValue] = useState('');
  const [upper, setUpper] = useState('');
  const filled = value.trim() !== '' && (test !== 'between' || upper.trim() !== '');
  return (
    <form
      className="column-menu__form"
      onSubmit={(event) => {
        event.preventDefault();
        if (filled) onAdd(conditionOf(field.name, test, value.trim(), upper.trim()));
      }}
    >
      <Select
        aria-label={words.test}
        data={choices.map((one) => ({ value: one, label: words.tests[one] }))}
        value={test}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
        onChange={(chosen) => setTest(choices.find((one) => one === chosen) ?? test)}
      />
      <TextInput
        aria-label={words.value}
        placeholder={examples[typeKind(field.type)]}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {test === 'between' ? (
        <TextInput
          aria-label={words.upper}
          placeholder={examples[typeKind(field.type)]}
          value={upper}
          onChange={(event) => setUpper(event.currentTarget.value)}
        />
      ) : null}
      <Button type="submit" variant="filled" disabled={!filled}>
        {words.apply}
      </Button>
    </form>
  );
}

function conditionOf(column: string, test: Test, value: string, upper: string): string {
  const name = columnText(column);
  if (test === 'between') return `${name} between ${valueText(value)} and ${valueText(upper)}`;
  if (test !== 'in') return `${name} ${test} ${valueText(value)}`;
  const values = value
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  return `${name} in (${values.map(valueText).join(', ')})`;
}
