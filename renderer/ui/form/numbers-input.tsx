import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { words } from './words.ts';

interface Props {
  readonly label: ReactNode;
  readonly 'aria-label': string;
  readonly description?: string;
  readonly error?: string;
  readonly value: unknown;
  readonly standard: unknown;
  readonly whole: boolean;
  readonly onChange: (value: unknown) => void;
}

/** A list of numbers, written with commas: `64, 32`. */
export function NumbersInput({ value, standard, whole, onChange, error, ...rest }: Props) {
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (Array.isArray(value) ? value.join(', ') : '');
  const wrong = text !== null && parse(text, whole) === null;
  return (
    <TextInput
      {...rest}
      value={shown}
      placeholder={Array.isArray(standard) ? standard.join(', ') : words.none}
      {...(wrong
        ? {
            error: whole ? words.wholeNumbers : words.numbers,
          }
        : error
          ? { error }
          : {})}
      onChange={(event) => {
        const next = event.currentTarget.value;
        setText(next);
        const numbers = parse(next, whole);
        if (numbers !== null) onChange(next.trim() ? numbers : undefined);
      }}
      onBlur={() => {
        if (!wrong) setText(null);
      }}
    />
  );
}

function parse(text: string, whole: boolean): readonly number[] | null {
  if (!text.trim()) return [];
  const numbers = text
    .split(/[,;\s]+/)
    .filter(Boolean)
    .map(Number);
  return numbers.every((number) => (whole ? Number.isInteger(number) : Number.isFinite(number)))
    ? numbers
    : null;
}
