import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '..', 'out', 'renderer');
const page = join(built, 'index.html');

/** What the first paint waits for: the page, and the scripts and styles it names. */
function firstPaint(): readonly string[] {
  const html = readFileSync(page, 'utf8');
  const named = [...html.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  return [page, ...named.map((file) => join(built, file))];
}

test.skipIf(!existsSync(page))(
  'the first paint stays below 400 kB gzipped, charts and graph come later',
  () => {
    const files = firstPaint();
    expect(files.length).toBeGreaterThan(3);
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0);
    console.log(
      `first paint: ${Math.round(bytes / 1000)} kB gzipped in ${files.length} files, built ${statSync(page).mtime.toISOString()}`,
    );
    expect(bytes).toBeLessThan(400_000);
    const code = files.map((file) => readFileSync(file, 'utf8')).join('');
    for (const late of ['plotly-main-svg', 'react-flow__viewport', 'ARROW1'])
      expect(code).not.toContain(late);
  },
);
