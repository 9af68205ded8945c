import { ActionIcon, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { words } from './words.ts';

/** A column, and what of it counts: `good`, `single, divorced`, `> 40`. */
export interface RuleDraft {
  readonly column: string | null;
  readonly values: string;
}

/** As the contract takes it; null while it is not finished. */
export function ruleText({ column, values }: RuleDraft): string | null {
  if (column === null) return null;
  const text = values.trim();
  if (text === '') return column;
  return text.startsWith('>') ? `${column}${text}` : `${column}=${text}`;
}

interface Props {
  readonly label: string;
  readonly valuesLabel: string;
  readonly valuesAbout: string;
  readonly columns: readonly string[];
  readonly rule: RuleDraft;
  readonly onChange: (rule: RuleDraft) => void;
  readonly onRemove?: () => void;
}

export function RuleInput({ label, valuesLabel, valuesAbout, columns, rule, onChange, onRemove }: Props) {
  return (
    <div className="rule-input">
      <Select
        label={label}
        data={[...columns]}
        value={rule.column}
        searchable
        placeholder={words.column}
        onChange={(column) => onChange({ ...rule, column })}
      />
      <TextInput
        label={valuesLabel}
        description={valuesAbout}
        value={rule.values}
        onChange={(event) => onChange({ ...rule, values: event.currentTarget.value })}
      />
      {onRemove ? (
        <ActionIcon mt={21} aria-label={words.rule.remove(rule.column ?? '')} onClick={onRemove}>
          <X size={14} aria-hidden />
        </ActionIcon>
      ) : null}
    </div>
  );
}
