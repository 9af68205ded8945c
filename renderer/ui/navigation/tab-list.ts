/** An open object: where it was left, and what it is called. */
export interface Tab {
  /** The object's own address, without the part of the page that is looked at. */
  readonly key: string;
  /** The address it was left at. */
  readonly path: string;
  readonly title: string;
  /** The page's head may give it another title. */
  readonly byHead: boolean;
}

export interface TabList {
  readonly open: readonly Tab[];
  /** The last one closed first. */
  readonly closed: readonly Tab[];
}

export const noTabs: TabList = { open: [], closed: [] };
const mostOpen = 40;
const mostClosed = 20;

/** Brings a tab to where it is now looked at; a new one stands behind the one named, else last. */
export function showTab(list: TabList, tab: Tab, behind: string | null = null): TabList {
  const known = list.open.find(({ key }) => key === tab.key);
  if (known) {
    return { ...list, open: list.open.map((one) => (one === known ? titled(tab, known) : one)) };
  }
  const before = list.closed.find(({ key }) => key === tab.key);
  const at = list.open.findIndex(({ key }) => key === behind);
  const open = list.open.toSpliced(at < 0 ? list.open.length : at + 1, 0, titled(tab, before));
  const closed = list.closed.filter(({ key }) => key !== tab.key);
  // The first of too many goes; it can be opened again.
  const first = open.find(({ key }) => key !== tab.key);
  return open.length > mostOpen && first ? closeTab({ open, closed }, first.key).list : { open, closed };
}

/** What the head of a page said once is remembered. */
function titled(tab: Tab, before: Tab | undefined): Tab {
  return before && tab.byHead ? { ...tab, title: before.title } : tab;
}

/** Without the tab, and the one that is looked at after it: its right neighbour, else its left. */
export function closeTab(list: TabList, key: string): { readonly list: TabList; readonly next: Tab | null } {
  const at = list.open.findIndex((tab) => tab.key === key);
  const gone = list.open[at];
  if (!gone) return { list, next: null };
  const closed = [gone, ...list.closed.filter((tab) => tab.key !== key)].slice(0, mostClosed);
  const next = list.open[at + 1] ?? list.open[at - 1] ?? null;
  return { list: { open: list.open.toSpliced(at, 1), closed }, next };
}

export function closeOtherTabs(list: TabList, key: string): TabList {
  return list.open.reduce((left, tab) => (tab.key === key ? left : closeTab(left, tab.key).list), list);
}

/** The tab to its new place, counted among the others; outside of them it stays at the end. */
export function moveTab(list: TabList, key: string, to: number): TabList {
  const tab = list.open.find((one) => one.key === key);
  if (!tab) return list;
  const others = list.open.filter((one) => one !== tab);
  return { ...list, open: others.toSpliced(Math.max(0, Math.min(to, others.length)), 0, tab) };
}

export function renameTab(list: TabList, key: string, title: string): TabList {
  const same = list.open.every((tab) => tab.key !== key || !tab.byHead || tab.title === title);
  if (same) return list;
  return { ...list, open: list.open.map((tab) => (tab.key === key ? { ...tab, title } : tab)) };
}

/** The neighbour so many tabs on, round the ends; the first or last when none is looked at. */
export function tabBeside(list: TabList, key: string | null, step: 1 | -1): Tab | undefined {
  const { open } = list;
  const at = open.findIndex((tab) => tab.key === key);
  if (at < 0) return step > 0 ? open[0] : open.at(-1);
  return open[(at + step + open.length) % open.length];
}
