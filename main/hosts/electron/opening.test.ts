import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildTestApp } from '../../testing/build-app.ts';
import { askedFor, askedIn } from './opening.ts';
import { createPageInbox } from './page-inbox.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test('a workspace is opened by its folder, its database, and the file that a double click opens', async () => {
  const { dir, folder } = await buildTestApp();
  const workspace = { kind: 'workspace', dir };
  for (const word of ['', 'workspace.sqlite', 'workspace.holdfast']) {
    expect(askedFor(join(dir, word), '/'), word).toEqual(workspace);
  }
  expect(askedFor('workspace', folder)).toEqual(workspace);
  // Any name will do, and nothing is read from it: it need not even be there.
  expect(askedFor(join(dir, 'prices.HOLDFAST'), '/')).toEqual(workspace);
  expect(askedFor(join(folder, 'elsewhere.holdfast'), '/')).toBeUndefined();
});

test('tables that are there are imported; folders, options and other files are nothing', async () => {
  const folder = await makeFolder();
  for (const name of ['houses.csv', 'HOUSES.PARQUET', 'notes.pdf']) await writeFile(join(folder, name), '');
  await mkdir(join(folder, 'plain'));
  expect(askedFor('houses.csv', folder)).toEqual({ kind: 'table', path: join(folder, 'houses.csv') });
  expect(askedFor('HOUSES.PARQUET', folder)).toMatchObject({ kind: 'table' });
  for (const word of ['notes.pdf', 'plain', 'gone.csv', '--inspect', '-x.csv', '']) {
    expect(askedFor(word, folder), word).toBeUndefined();
  }
});

test('links of ours are handed on as they came; other addresses are nothing', () => {
  const text = 'holdfast://ws_1/runs/run_1?at=figure-roc';
  expect(askedFor(text, '/')).toEqual({ kind: 'link', text });
  for (const word of [
    'holdfast://app/index.html',
    'holdfast:nothing',
    'https://example.org/a.csv',
    'file:///etc/passwd',
  ]) {
    expect(askedFor(word, '/'), word).toBeUndefined();
  }
});

test('of a command line, the first word that asks for something counts', async () => {
  const folder = await makeFolder();
  await writeFile(join(folder, 'a.csv'), '');
  await writeFile(join(folder, 'b.csv'), '');
  expect(askedIn(['--no-sandbox', 'nothing', 'b.csv', 'a.csv'], folder)).toEqual({
    kind: 'table',
    path: join(folder, 'b.csv'),
  });
  expect(askedIn(['.', '--flag'], folder)).toBeUndefined();
});

test('what is to be opened waits for a page that listens, also while it is loaded again', () => {
  const sent: string[] = [];
  const inbox = createPageInbox(
    (opening) => void sent.push(opening.kind === 'table' ? opening.path : opening.text),
  );
  inbox.put({ kind: 'table', path: '/a.csv' });
  expect(sent).toEqual([]);
  inbox.listening();
  inbox.put({ kind: 'table', path: '/b.csv' });
  expect(sent).toEqual(['/a.csv', '/b.csv']);
  inbox.gone();
  inbox.put({ kind: 'link', text: 'holdfast://ws_1' });
  expect(sent).toHaveLength(2);
  inbox.listening();
  inbox.listening();
  expect(sent).toEqual(['/a.csv', '/b.csv', 'holdfast://ws_1']);
});
