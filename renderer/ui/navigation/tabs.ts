import * as z from 'zod';
import { create } from 'zustand';
import { kept } from '../../api/kept.ts';
import { currentPlace, go } from './router.ts';
import {
  closeOtherTabs,
  closeTab,
  moveTab,
  noTabs,
  renameTab,
  showTab,
  tabBeside,
  type Tab,
  type TabList,
} from './tab-list.ts';

const KeptTab = z.object({ key: z.string(), path: z.string(), title: z.string(), byHead: z.boolean() });
const KeptTabs = z.object({
  open: z.array(KeptTab),
  closed: z.array(KeptTab),
  /** The place looked at last, of any page. */
  last: z.string(),
});

interface Tabs {
  /** Id of the open workspace; each has tabs of its own. */
  readonly workspace: string | null;
  readonly list: TabList;
  /** Key of the tab that is looked at; null on a page that is none. */
  readonly active: string | null;
  readonly last: string;
}

/** The open objects of the open workspace. */
export const useTabs = create<Tabs>()(() => ({ workspace: null, list: noTabs, active: null, last: '/data' }));

function change(next: Partial<Tabs>): void {
  useTabs.setState(next);
  const { workspace, list, last } = useTabs.getState();
  if (workspace) kept.write(`tabs.${workspace}`, { open: [...list.open], closed: [...list.closed], last });
}

/** Opens the tabs of a workspace as they were left. */
export function openTabs(workspace: string | null): void {
  if (workspace === useTabs.getState().workspace) return;
  const was = workspace ? kept.read(`tabs.${workspace}`, KeptTabs) : undefined;
  useTabs.setState({
    workspace,
    list: was ? { open: was.open, closed: was.closed } : noTabs,
    active: null,
    last: was?.last ?? '/data',
  });
}

/** Where a workspace was left: the place to continue at; `otherwise` when it was never looked at here. */
export function placeLeft(workspace: string, otherwise = '/data'): string {
  return kept.read(`tabs.${workspace}`, KeptTabs)?.last ?? otherwise;
}

/** Tells that a place is looked at: an object's, with its tab, or another page's. */
export function lookAt(place: string, tab: Tab | null): void {
  const { list, active } = useTabs.getState();
  change({
    ...(tab ? { list: showTab(list, tab, active) } : {}),
    active: tab?.key ?? null,
    last: place,
  });
}

/** Opens an object behind what is looked at. */
export function openBehind(tab: Tab): void {
  const { list, active } = useTabs.getState();
  if (!list.open.some(({ key }) => key === tab.key)) change({ list: showTab(list, tab, active) });
}

/** Closes a tab; when it was looked at, goes to its neighbour, or to the list its object stands in. */
export function close(key: string): void {
  const { list, active } = useTabs.getState();
  const { list: left, next } = closeTab(list, key);
  change({ list: left });
  if (key === active) go(next?.path ?? `/${key.split('/')[1] ?? ''}`);
}

export function closeOthers(key: string): void {
  const { list, active } = useTabs.getState();
  const tab = list.open.find((one) => one.key === key);
  change({ list: closeOtherTabs(list, key) });
  if (tab && active !== null && active !== key) go(tab.path);
}

export function reopen(): void {
  const tab = useTabs.getState().list.closed[0];
  if (tab) go(tab.path);
}

export function move(key: string, to: number): void {
  change({ list: moveTab(useTabs.getState().list, key, to) });
}

/** The tab that is looked at, so many places to the right; negative: left. */
export function moveActive(by: 1 | -1): void {
  const { list, active } = useTabs.getState();
  const at = list.open.findIndex(({ key }) => key === active);
  if (active !== null && at >= 0) move(active, at + by);
}

export function step(by: 1 | -1): void {
  const { list, active } = useTabs.getState();
  const tab = tabBeside(list, active, by);
  if (tab) go(tab.path);
}

/** What the head of the page that is looked at says it is. */
export function nameActive(title: string): void {
  const { list, active } = useTabs.getState();
  if (active === null || !currentPlace().path.startsWith(active)) return;
  const named = renameTab(list, active, title);
  if (named !== list) change({ list: named });
}
