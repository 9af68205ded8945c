import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '..', 'out', 'renderer');
const page = join(built, 'index.html');
const assets = join(built, 'assets');

/** Files that a built script waits for: its static imports, and those of theirs. */
function withImports(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  if (!file.endsWith('.js')) return known;
  const code = readFileSync(join(assets, file), 'utf8');
  for (const [, name] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+)["'`]/g))
    withImports(name ?? '', known);
  return known;
}

/**
 * What the first paint waits for: what the page names, then the app itself, which is loaded once the language is known, with
 * its styles. Pages other than the start page come later.
 */
function firstPaint(): readonly string[] {
  const html = readFileSync(page, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.?\/?assets\/([^"]+)"/g)].map((match) => match[1] ?? '');
  const app = readdirSync(assets).filter((name) => /^render-app-.*\.(js|css)$/.test(name));
  expect(app.length).toBeGreaterThan(1);
  const files = [...named, ...app].flatMap((file) => [...withImports(file)]);
  return [page, ...[...new Set(files)].map((file) => join(assets, file))];
}

test.skipIf(!existsSync(page))(
  'the first paint stays below 400 kB gzipped; charts, graph and editor come later',
  () => {
    const files = firstPaint();
    expect(files.length).toBeGreaterThan(3);
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0);
    console.log(
      `first paint: ${Math.round(bytes / 1000)} kB gzipped in ${files.length} files, built ${statSync(page).mtime.toISOString()}`,
    );
    expect(bytes).toBeLessThan(400_000);
    const code = files.map((file) => readFileSync(file, 'utf8')).join('');
    // Marks of plotly, of the graph, of the readers of Arrow and YAML, and of the editor.
    for (const late of ['plotly-main-svg', 'react-flow__viewport', 'ARROW1', 'tag:yaml.org', 'cm-content'])
      expect(code).not.toContain(late);
  },
);

test.skipIf(!existsSync(page))('no file of the page is over 4 MB', () => {
  const large = readdirSync(assets).filter((name) => statSync(join(assets, name)).size > 4_000_000);
  expect(large).toEqual([]);
});
