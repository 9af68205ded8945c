import { Select } from '@mantine/core';
import { useFacts } from '../../api/facts.ts';
import { formatInstant } from '../../ui/text/format.ts';
import type { RecipeObject } from './recipe-text.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

interface Props {
  readonly split: RecipeObject;
  /** By key of the split. */
  readonly wrong: Readonly<Record<string, string>>;
  readonly columns: readonly string[];
}

/** Whose split is kept, and by what its rows are known again. */
export function InheritFields({ split, wrong, columns }: Props) {
  const set = useTrainDraft((state) => state.set);
  const runs = useFacts('training.list', { limit: 100 });
  const { inherit } = split;
  const short = typeof inherit === 'string';
  const from = short ? inherit : textIn(inherit, 'from');
  const key = short ? split['key'] : textIn(inherit, 'key');
  const choices =
    runs.data?.runs.flatMap(({ id, status, dataset, version, target, created }) =>
      status === 'done'
        ? [
            {
              value: id,
              label: words.split.inheritRun(`${dataset}@${version}`, target, formatInstant(created)),
            },
          ]
        : [],
    ) ?? [];
  const known = from === null || choices.some(({ value }) => value === from);
  return (
    <>
      <Select
        label={words.split.inherit}
        description={words.split.inheritAbout}
        placeholder={words.split.inheritNone}
        data={known ? choices : [...choices, { value: from, label: from.slice(0, 16) }]}
        value={from}
        searchable
        clearable
        error={wrong['inherit']}
        onChange={(run) => set(['split'], run === null ? undefined : { inherit: run })}
      />
      {from === null ? null : (
        <Select
          label={words.split.key}
          description={words.split.keyAbout}
          placeholder={words.split.keyNone}
          data={[...columns]}
          value={typeof key === 'string' ? key : null}
          searchable
          clearable
          error={wrong['key']}
          onChange={(column) =>
            set(['split'], { inherit: from, ...(column === null ? {} : { key: column }) })
          }
        />
      )}
    </>
  );
}

function textIn(value: unknown, key: string): string | null {
  const found: unknown = Object(value)[key];
  return typeof found === 'string' ? found : null;
}
