import { Button, Pill, Select, Table, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCall, useFacts } from '../../api/facts.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { textOf } from '../../ui/text/text-of.ts';
import { words } from './words.ts';

/** The names a run's recipe is pinned under, and what differs from another that is pinned. */
export function KeptRecipe({ hash }: { readonly hash: string }) {
  const kept = useFacts('recipes.list', { pinned: true });
  const [name, setName] = useState('');
  const [other, setOther] = useState<string | null>(null);
  const pin = useCall('recipes.pin', () => setName(''));
  const unpin = useCall('recipes.unpin');
  const recipes = kept.data?.recipes ?? [];
  const pins = recipes.find((one) => one.hash === hash)?.pins ?? [];
  const others = recipes.filter((one) => one.hash !== hash).flatMap((one) => one.pins);
  const error = pin.error ?? unpin.error;
  return (
    <div className="stack">
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) pin.mutate({ reference: hash, name: name.trim() });
        }}
      >
        {pins.map((one) => (
          <Pill
            key={one}
            withRemoveButton
            removeButtonProps={{ 'aria-label': words.kept.unpin(one), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => unpin.mutate({ name: one })}
          >
            {one}
          </Pill>
        ))}
        <TextInput
          className="grow"
          aria-label={words.kept.name}
          placeholder={words.kept.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={!name.trim()} loading={pin.isPending}>
          {words.kept.pin}
        </Button>
      </form>
      {error ? <ErrorPanel error={error} what={words.kept.pin} /> : null}
      {others.length ? (
        <Select
          label={words.kept.compare}
          placeholder={words.kept.choose}
          data={others}
          value={other}
          clearable
          onChange={setOther}
        />
      ) : null}
      {other !== null && others.includes(other) ? <Differences from={other} hash={hash} /> : null}
    </div>
  );
}

function Differences({ from, hash }: { readonly from: string; readonly hash: string }) {
  const { data, error } = useFacts('recipes.diff', { a: from, b: hash });
  if (error) return <ErrorPanel error={error} what={words.kept.compare} />;
  if (!data) return null;
  if (!data.differences.length) return <p className="dim">{words.kept.same}</p>;
  return (
    <Table aria-label={words.kept.compare}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{words.kept.place}</Table.Th>
          <Table.Th>{from}</Table.Th>
          <Table.Th>{words.kept.here}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.differences.map(({ path, before, after }) => (
          <Table.Tr key={`${path} ${shown(before)}`}>
            <Table.Td>
              <code>{path}</code>
            </Table.Td>
            <Table.Td>{shown(before)}</Table.Td>
            <Table.Td>{shown(after)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function shown(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : textOf(value);
}
