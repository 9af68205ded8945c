import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { metrics } from '../evaluation/index.ts';
import { buildTestApp } from '../testing/build-app.ts';

const docs = resolve(import.meta.dirname, '../../resources/docs');
const markdown = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.md'));

test('every document, concept card and metric is a page, under an id of its own', async () => {
  const { client } = await buildTestApp();
  const { pages } = await client.help.list({});
  const files = [...markdown(docs), ...markdown(join(docs, 'concepts'))].map((name) => name.slice(0, -3));
  expect(pages.map(({ id }) => id)).toEqual([...files, ...metrics.map(({ id }) => id)]);
  expect(new Set(pages.map(({ id }) => id)).size).toBe(pages.length);
  for (const { id, title, short } of pages) {
    expect(title, id).not.toBe('');
    expect(short, id).toMatch(/\S{2}/);
  }
  const { pages: concepts } = await client.help.list({ kind: 'concept' });
  expect(concepts.length).toBe(markdown(join(docs, 'concepts')).length);
});

test('every link and every "see also" between pages leads to a page', async () => {
  const { client } = await buildTestApp();
  const { pages } = await client.help.list({});
  const ids = new Set(pages.map(({ id }) => id));
  for (const { id, kind } of pages) {
    const { page } = await client.help.show({ page: id });
    const linked = [...page.text.matchAll(/\]\((?!https?:)([^)#]+\.md)/g)].map(
      ([, target = '']) => target.split('/').at(-1)?.slice(0, -3) ?? '',
    );
    expect(
      linked.filter((target) => !ids.has(target)),
      id,
    ).toEqual([]);
    if (kind !== 'concept') continue;
    const front = readFileSync(join(docs, 'concepts', `${id}.md`), 'utf8');
    const asked = /^see: \[(.*)\]$/m.exec(front)?.[1]?.split(', ') ?? [];
    expect(
      page.see.map((one) => one.id),
      id,
    ).toEqual(asked);
  }
});

test.each(metrics.map(({ id }) => id))('%s: the worked example comes to what the metric says', async (id) => {
  const { client } = await buildTestApp();
  const { page } = await client.help.show({ page: id });
  expect(page.formula).not.toBe('');
  if (!page.example) throw new Error(`${id} has no worked example`);
  const { working, value, rows } = page.example;
  expect(rows.length).toBeGreaterThan(3);
  const { computed, written } = follow(working.replace(/^[^:]*: /, ''));
  expect(Number(written), `the end of "${working}"`).toBe(Number(value.toFixed(digitsOf(written))));
  expect(computed, `the arithmetic of "${working}"`).toBeCloseTo(value, 9);
});

test('every card that the page shows beside a control is there', async () => {
  const { client } = await buildTestApp();
  const ids = new Set((await client.help.list({})).pages.map(({ id }) => id));
  const renderer = resolve(import.meta.dirname, '../../renderer');
  const sources = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tsx?$/.test(name),
  );
  const shown = sources.flatMap((name) => {
    const text = readFileSync(join(renderer, name), 'utf8');
    const named = [...text.matchAll(/<Concept id="([^"]+)"/g)];
    const figures = name.endsWith('figure-concept.ts') ? [...text.matchAll(/: '([^']+)',/g)] : [];
    return [...named, ...figures].map(([, id = '']) => id);
  });
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((id) => !ids.has(id))).toEqual([]);
});

test('what concept cards compute is right', async () => {
  const { client } = await buildTestApp();
  const { pages } = await client.help.list({ kind: 'concept' });
  let followed = 0;
  for (const { id } of pages) {
    const { page } = await client.help.show({ page: id });
    for (const [, code = ''] of page.text.matchAll(/`([^`]+ = -?[\d.]+)`/g)) {
      const { computed, written } = follow(code);
      expect(Number(computed.toFixed(digitsOf(written))), `${id}: ${code}`).toBe(Number(written));
      followed++;
    }
  }
  expect(followed).toBeGreaterThan(20);
});

test('a page that is not there is refused with those that are near', async () => {
  const { client } = await buildTestApp();
  await expect(client.help.show({ page: 'roc' })).rejects.toMatchObject({
    code: 'page-not-found',
    details: { page: 'roc', near: expect.arrayContaining(['roc-curve', 'roc_auc']) },
  });
  await expect(client.help.show({ page: '../../package.json' })).rejects.toMatchObject({
    code: 'page-not-found',
  });
});

test.each([
  [['calibration curve'], 'calibration-curve'],
  [['R²'], 'r2'],
  [['r2'], 'r2'],
  [['overf'], 'overfit'],
  [['one', 'hot'], 'one-hot'],
  [['ONE-HOT'], 'one-hot'],
  [['usb stick'], 'remotes'],
  [['brier'], 'brier_score'],
])('a search for %j finds %s among the first', async (words, id) => {
  const { client } = await buildTestApp();
  const { hits } = await client.help.search({ words });
  expect(hits.slice(0, 3).map((hit) => hit.id)).toContain(id);
});

test('a hit shows where the words stand, and every word must be there', async () => {
  const { client } = await buildTestApp();
  const { hits } = await client.help.search({ words: ['patience', 'epochs'] });
  const hit = hits.find(({ id }) => id === 'early-stopping');
  const marked = hit?.marks.map(([from, to]) => hit.snippet.slice(from, to).toLowerCase());
  expect(new Set(marked)).toEqual(new Set(['patience', 'epochs']));
  expect((await client.help.search({ words: ['patience', 'zebra'] })).hits).toEqual([]);
  expect((await client.help.search({ words: [' .-* '] })).hits).toEqual([]);
  expect((await client.help.search({ words: ['the'], limit: 2 })).hits).toHaveLength(2);
});

/** `(10 + 30) / 4 = 10`: what the left side comes to, and what is written on the right. */
function follow(working: string): { computed: number; written: string } {
  const [, left = '', written = ''] = /^(.*) = (-?[\d.]+)$/.exec(working) ?? [];
  const script = left
    .replaceAll('√', 'Math.sqrt')
    .replaceAll(/\b(?:ln|log)\(/g, 'Math.log(')
    .replaceAll(/\b(exp|ceil|max)\(/g, 'Math.$1(')
    .replaceAll('²', '**2')
    .replaceAll('·', '*');
  if (!/^(?:[\d\s.,+\-*/()]|Math\.(?:sqrt|log|exp|ceil|max))+$/.test(script)) {
    throw new Error(`this is not arithmetic: ${working}`);
  }
  // oxlint-disable-next-line no-eval, no-implied-eval -- only numbers and signs are left, checked above
  return { computed: Number(new Function(`return ${script}`)()), written };
}

function digitsOf(written: string): number {
  return written.split('.')[1]?.length ?? 0;
}
