import { expect, test } from 'vitest';
import {
  closeOtherTabs,
  closeTab,
  moveTab,
  noTabs,
  renameTab,
  showTab,
  tabBeside,
  type TabList,
} from './tab-list.ts';

const tab = (key: string, path = key, byHead = false) => ({ key, path, title: key, byHead });
const of = (...keys: string[]): TabList => ({ open: keys.map((key) => tab(key)), closed: [] });
const keys = (list: TabList) => list.open.map(({ key }) => key).join('');

test('an object has one tab, which knows where it was left', () => {
  const list = showTab(showTab(of('a', 'b'), tab('a', 'a/summary')), tab('c'));
  expect(keys(list)).toBe('abc');
  expect(list.open[0]?.path).toBe('a/summary');
});

test('a new tab stands beside the one it was opened from', () => {
  expect(keys(showTab(of('a', 'b'), tab('c'), 'a'))).toBe('acb');
});

test('closing looks at the neighbour, and what was closed comes back once', () => {
  const first = closeTab(of('a', 'b', 'c'), 'b');
  expect([keys(first.list), first.next?.key]).toEqual(['ac', 'c']);
  expect(closeTab(of('a', 'b'), 'b').next?.key).toBe('a');
  expect(closeTab(of('a'), 'a').next).toBeNull();
  const again = showTab(first.list, tab('b'));
  expect([keys(again), again.closed]).toEqual(['acb', []]);
  expect(closeTab(of('a'), 'z').list).toEqual(of('a'));
});

test('tabs move among the others and stop at the ends', () => {
  expect(keys(moveTab(of('a', 'b', 'c'), 'a', 1))).toBe('bac');
  expect(keys(moveTab(of('a', 'b', 'c'), 'a', 99))).toBe('bca');
  expect(keys(moveTab(of('a', 'b', 'c'), 'c', -3))).toBe('cab');
});

test('stepping goes round', () => {
  const list = of('a', 'b', 'c');
  expect(tabBeside(list, 'c', 1)?.key).toBe('a');
  expect(tabBeside(list, 'a', -1)?.key).toBe('c');
  expect(tabBeside(list, null, -1)?.key).toBe('c');
  expect(tabBeside(noTabs, null, 1)).toBeUndefined();
});

test('only a tab whose page says so is renamed, and keeps that name when it is looked at again', () => {
  const list = showTab(of('a'), tab('run', 'run', true));
  const named = renameTab(renameTab(list, 'run', 'price by linear'), 'a', 'other');
  expect(named.open.map(({ title }) => title)).toEqual(['a', 'price by linear']);
  expect(showTab(named, tab('run', 'run/report', true)).open[1]?.title).toBe('price by linear');
});

test('of too many the first goes, and can be opened again', () => {
  const list = Array.from({ length: 45 }, (_, i) => `t${i}`).reduce(
    (tabs, key) => showTab(tabs, tab(key)),
    noTabs,
  );
  expect(list.open).toHaveLength(40);
  expect(list.closed.map(({ key }) => key)).toEqual(['t4', 't3', 't2', 't1', 't0']);
  expect(keys(closeOtherTabs(list, 't9'))).toBe('t9');
});
