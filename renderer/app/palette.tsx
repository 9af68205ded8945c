import { Kbd } from '@mantine/core';
import { Spotlight } from '@mantine/spotlight';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { Action } from '../ui/actions/action.ts';
import { usePaletteGroups, type PaletteEntry } from './palette-entries.ts';
import { remember } from './recent.ts';
import { words } from './words.ts';
import './palette.css';

/** Mod+K: commands of the page, commands of the app, and every object by name. */
export function Palette({ commands }: { commands: readonly Action[] }) {
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState('');
  const groups = usePaletteGroups(query, commands, open);
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      // The action that opens it is one of the commands, which listen for its keys.
      shortcut={null}
      scrollable
      maxHeight={420}
      size={600}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      transitionProps={{ duration: 0 }}
      attributes={{ content: { 'aria-label': words.search } }}
    >
      <Spotlight.Search
        leftSection={<Search size={16} aria-hidden />}
        placeholder={words.search}
        aria-label={words.search}
      />
      <Spotlight.ActionsList>
        {groups.map(({ title, entries }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length ? null : <Spotlight.Empty>{words.nothingFound}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Entry({ entry }: { entry: PaletteEntry }) {
  const Icon = entry.icon;
  return (
    <Spotlight.Action
      label={entry.label}
      {...(entry.about ? { description: entry.about } : {})}
      leftSection={<Icon size={16} strokeWidth={1.75} aria-hidden />}
      {...(entry.shortcut ? { rightSection: <Kbd>{entry.shortcut}</Kbd> } : {})}
      highlightQuery
      onClick={() => {
        remember(entry.id);
        entry.perform();
      }}
    />
  );
}
