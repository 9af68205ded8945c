import { Select } from '@mantine/core';
import type { Dataset, Field } from '../../../preload/contract/datasets.ts';
import { useFacts } from '../../api/facts.ts';

interface Props {
  readonly label: string;
  readonly datasets: readonly Dataset[];
  readonly value: string;
  readonly onChange: (reference: string) => void;
}

/** Every version of every dataset, the latest of each first. */
export function DatasetChoice({ label, datasets, value, onChange }: Props) {
  return (
    <Select
      label={label}
      data={datasets.flatMap(({ name, versions }) =>
        Array.from({ length: versions }, (_, i) => `${name}@${versions - i}`),
      )}
      value={value}
      searchable
      allowDeselect={false}
      onChange={(reference) => reference !== null && onChange(reference)}
    />
  );
}

export function latestOf(datasets: readonly Dataset[], asked: string | null): string {
  const found = datasets.find(({ name }) => name === asked) ?? datasets[0];
  if (asked?.includes('@')) return asked;
  return found ? `${found.name}@${found.versions}` : '';
}

const none: readonly Field[] = [];

export function useSchema(dataset: string): readonly Field[] {
  return useFacts('datasets.show', { dataset }, { when: dataset !== '' }).data?.schema ?? none;
}
