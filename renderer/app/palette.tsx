import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { Kbd } from '@mantine/core';
import { Boxes, Play, Search, Table2, type LucideIcon } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFacts } from '../api/facts.ts';
import type { Action } from '../ui/actions/action.ts';
import { shortcutWords } from '../ui/actions/shortcut.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { go, pathOf } from '../ui/navigation/router.ts';
import './palette.css';

/** Mod+K: commands of the page, commands of the app, and every object by name. */
export function Palette({ commands }: { commands: readonly Action[] }) {
  const [open, setOpen] = useState(false);
  const lists = useShownActions((state) => state.lists);
  const objects = useObjects(open);
  const actions = useMemo(() => {
    const shown = Object.values(lists).flat();
    return [
      { group: 'On this page', actions: shown.filter(isAvailable).map(entry) },
      { group: 'Commands', actions: commands.filter(isAvailable).map(entry) },
      { group: 'Objects', actions: [...objects] },
    ].filter((group) => group.actions.length);
  }, [lists, commands, objects]);
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      tagsToIgnore={[]}
      triggerOnContentEditable
      nothingFound="Nothing here is called that."
      highlightQuery
      scrollable
      maxHeight={420}
      size={560}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': 'Search or run a command' } }}
      searchProps={{
        leftSection: <Search size={16} aria-hidden />,
        placeholder: 'Search or run a command',
        'aria-label': 'Search or run a command',
      }}
    />
  );
}

function isAvailable(action: Action): boolean {
  return action.isAvailable?.() ?? true;
}

function entry(action: Action): SpotlightActionData {
  const Icon = action.icon;
  return {
    id: action.id,
    label: action.label,
    ...(action.about ? { description: action.about } : {}),
    leftSection: <Icon size={16} strokeWidth={1.75} aria-hidden />,
    ...(action.shortcut ? { rightSection: <Kbd>{shortcutWords(action.shortcut)}</Kbd> } : {}),
    onClick: () => action.perform(),
  };
}

function useObjects(when: boolean): readonly SpotlightActionData[] {
  const datasets = useFacts('datasets.list', {}, { when });
  const runs = useFacts('training.list', { limit: 200 }, { when });
  const models = useFacts('registry.list', {}, { when });
  return useMemo(
    () => [
      ...(datasets.data?.datasets ?? []).map(({ name }) =>
        object(`dataset ${name}`, Table2, pathOf('data', name)),
      ),
      ...(models.data?.models ?? []).map(({ name }) =>
        object(`model ${name}`, Boxes, pathOf('models', name)),
      ),
      ...(runs.data?.runs ?? []).map((run) =>
        object(
          `run ${run.id}`,
          Play,
          pathOf('runs', run.id),
          `${run.family}, ${run.target} of ${run.dataset}@${run.version}`,
        ),
      ),
    ],
    [datasets.data, runs.data, models.data],
  );
}

function object(label: string, Icon: LucideIcon, path: string, description?: string): SpotlightActionData {
  return {
    id: `object-${path}`,
    label,
    ...(description ? { description } : {}),
    leftSection: <Icon size={16} strokeWidth={1.75} aria-hidden />,
    onClick: () => go(path),
  };
}
