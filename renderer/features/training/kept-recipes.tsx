import { Button, Menu } from '@mantine/core';
import { BookOpen } from 'lucide-react';
import { useCall, useFacts } from '../../api/facts.ts';
import { useTrainDraft } from './store.ts';
import { words } from './words.ts';

/** Starts from a copy of a recipe that is pinned. */
export function KeptRecipes() {
  const setText = useTrainDraft((state) => state.setText);
  const kept = useFacts('recipes.list', { pinned: true });
  const show = useCall('recipes.show', ({ yaml }) => setText(yaml));
  const names =
    kept.data?.recipes.flatMap(({ pins, family }) => pins.map((name) => ({ name, family }))) ?? [];
  if (!names.length) return null;
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Button size="xs" leftSection={<BookOpen size={14} aria-hidden />} loading={show.isPending}>
          {words.text.pinned}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words.text.copyOf}</Menu.Label>
        {names.map(({ name, family }) => (
          <Menu.Item key={name} onClick={() => show.mutate({ reference: name })}>
            {name} <span className="small dim">{family}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
