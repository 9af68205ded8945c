import { Boxes, Link2, Play, Table2, type LucideIcon } from 'lucide-react';
import { useMemo } from 'react';
import { readLink } from '../../preload/contract/links.ts';
import { useFacts } from '../api/facts.ts';
import { isAvailable, shortcutsOf, type Action } from '../ui/actions/action.ts';
import { shortcutWords } from '../ui/actions/shortcut.ts';
import { useShownActions } from '../ui/actions/shown-actions.ts';
import { go, pathOf } from '../ui/navigation/router.ts';
import { followLink } from './follow-link.ts';
import { fit } from './fuzzy.ts';
import { useRecent } from './recent.ts';
import { words } from './words.ts';

const { palette: text } = words;

/** One line of the palette: an action, or an object to go to. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly about: string;
  /** Found by these too, but not shown. */
  readonly kind: string;
  readonly icon: LucideIcon;
  readonly shortcut: string | null;
  readonly perform: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const mostOfGroup = 12;
const mostRecent = 6;

/** What answers the query, grouped: what was used lately first, then the group that answers best. */
export function usePaletteGroups(
  query: string,
  commands: readonly Action[],
  open: boolean,
): readonly PaletteGroup[] {
  const lists = useShownActions((state) => state.lists);
  const recent = useRecent((state) => state.ids);
  const objects = useObjects(open);
  return useMemo(() => {
    if (!open) return [];
    const link = readLink(query);
    if (link) {
      const entry = { ...plain('link', text.followLink(link.path), Link2), perform: () => followLink(link) };
      return [{ title: text.link, entries: [entry] }];
    }
    const all = [
      { title: text.page, entries: Object.values(lists).flat().filter(isAvailable).map(entryOf) },
      ...objects,
      ...groupsOf(commands.filter(isAvailable)),
    ];
    return query.trim() ? answering(query, all, recent) : unasked(all, recent);
  }, [open, query, lists, commands, objects, recent]);
}

function unasked(all: readonly PaletteGroup[], recent: readonly string[]): readonly PaletteGroup[] {
  const every = all.flatMap(({ entries }) => entries);
  const lately = recent.flatMap((id) => every.find((entry) => entry.id === id) ?? []).slice(0, mostRecent);
  const rest = all.map(({ title, entries }) => ({
    title,
    entries: entries.filter((entry) => !lately.includes(entry)).slice(0, mostOfGroup),
  }));
  return [{ title: text.recent, entries: lately }, ...rest].filter(({ entries }) => entries.length);
}

function answering(
  query: string,
  all: readonly PaletteGroup[],
  recent: readonly string[],
): readonly PaletteGroup[] {
  const scored = all.map(({ title, entries }) => {
    const fitting = entries
      .map((entry) => ({ entry, score: scoreOf(query, entry, recent) }))
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, mostOfGroup);
    return { title, entries: fitting.map(({ entry }) => entry), best: fitting[0]?.score ?? 0 };
  });
  return scored.filter(({ best }) => best > 0).toSorted((a, b) => b.best - a.best);
}

/** The name counts more than what is said about it; what was used lately a little more than what was not. */
function scoreOf(query: string, { id, label, about, kind }: PaletteEntry, recent: readonly string[]): number {
  const score = Math.max(fit(query, label), fit(query, `${kind} ${label}`) * 0.98, fit(query, about) * 0.5);
  const at = recent.indexOf(id);
  return score > 0 && at >= 0 ? score + 0.5 / (1 + at) : score;
}

function groupsOf(commands: readonly Action[]): readonly PaletteGroup[] {
  const groups = Map.groupBy(commands, ({ group }) => group ?? 'page');
  return [...groups].map(([group, actions]) => ({
    title: words.groups[group],
    entries: actions.map(entryOf),
  }));
}

function entryOf(action: Action): PaletteEntry {
  const [shortcut] = shortcutsOf(action);
  return {
    id: action.id,
    label: action.label,
    about: action.about ?? '',
    kind: '',
    icon: action.icon,
    shortcut: shortcut ? shortcutWords(shortcut) : null,
    perform: action.perform,
  };
}

function plain(id: string, label: string, icon: LucideIcon) {
  return { id, label, about: '', kind: '', icon, shortcut: null };
}

function useObjects(when: boolean): readonly PaletteGroup[] {
  const datasets = useFacts('datasets.list', {}, { when });
  const models = useFacts('registry.list', {}, { when });
  const runs = useFacts('training.list', { limit: 200 }, { when });
  return useMemo(
    () => [
      {
        title: text.datasets,
        entries: (datasets.data?.datasets ?? []).map(({ name }) =>
          object(text.dataset, name, Table2, pathOf('data', name)),
        ),
      },
      {
        title: text.models,
        entries: (models.data?.models ?? []).map(({ name }) =>
          object(text.model, name, Boxes, pathOf('models', name)),
        ),
      },
      {
        title: text.runs,
        entries: (runs.data?.runs ?? []).map((run) => ({
          ...object(text.run, run.id, Play, pathOf('runs', run.id)),
          about: text.ofData(run.family, run.target, `${run.dataset}@${run.version}`),
        })),
      },
    ],
    [datasets.data, runs.data, models.data],
  );
}

function object(kind: string, name: string, icon: LucideIcon, path: string): PaletteEntry {
  return { ...plain(`object-${path}`, name, icon), kind, perform: () => go(path) };
}
