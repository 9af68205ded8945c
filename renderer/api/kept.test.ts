import { expect, test } from 'vitest';
import * as z from 'zod';
import { createKept, type Json } from './kept.ts';

function createStorage() {
  const map = new Map<string, string>();
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    key: (i: number) => [...map.keys()][i] ?? null,
    get length() {
      return map.size;
    },
  };
}

/** A host that keeps, as `system.keep` does. */
function createHost(entries: Record<string, Json> = {}) {
  return { entries, keep: async (key: string, value: Json) => void (entries[key] = value) };
}

test('the next page finds what was kept, from the host alone', async () => {
  const host = createHost();
  const page = createKept(createStorage());
  page.connect(host.entries, host.keep);
  page.write('settings', { theme: 'dark' });
  await page.flush();
  const next = createKept(createStorage());
  next.connect(host.entries, host.keep);
  expect(next.read('settings', z.object({ theme: z.string() }))).toEqual({ theme: 'dark' });
  expect(next.read('settings', z.array(z.string()))).toBeUndefined();
});

test('what a page wrote just before it crashed is told to the host by the next one', async () => {
  const host = createHost({ draft: { at: 1, value: 'old' } });
  const storage = createStorage();
  const page = createKept(storage);
  page.connect({ ...host.entries }, () => Promise.reject(new Error('the host is gone')));
  page.write('draft', 'new');
  const next = createKept(storage);
  next.connect(host.entries, host.keep);
  expect(next.read('draft', z.string())).toBe('new');
  await next.flush();
  expect(host.entries['draft']).toMatchObject({ value: 'new' });
});

test('what was forgotten does not come back from an old copy', async () => {
  const host = createHost();
  const old = createStorage();
  const page = createKept(old);
  page.connect(host.entries, host.keep);
  page.write('draft', 'something');
  await page.flush();
  const other = createKept(createStorage());
  other.connect(host.entries, host.keep);
  await new Promise((resolve) => setTimeout(resolve, 2));
  other.write('draft', null);
  await other.flush();
  const again = createKept(old);
  again.connect(host.entries, host.keep);
  expect(again.read('draft', z.string())).toBeUndefined();
});

test('a value that the host could not take is told with the next change', async () => {
  const host = createHost();
  let gone = true;
  const page = createKept(createStorage());
  page.connect({}, (key, value) => (gone ? Promise.reject(new Error('gone')) : host.keep(key, value)));
  page.write('a', 1);
  await page.flush();
  gone = false;
  page.write('b', 2);
  await page.flush();
  expect(Object.keys(host.entries).toSorted()).toEqual(['a', 'b']);
});
