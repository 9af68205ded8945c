import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { findWorkspace } from './find-workspace.ts';

test('the named folder, else the nearest above, else the own default', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  vi.stubEnv('HOLDFAST_HOME', join(folder, 'home'));
  const own = join(folder, 'home', 'documents', 'default');
  const deep = join(folder, 'a', 'b', 'c');
  await mkdir(deep, { recursive: true });

  expect(findWorkspace('here', deep)).toEqual({ dir: join(deep, 'here'), missing: false });
  expect(findWorkspace(undefined, deep)).toEqual({ dir: own, missing: true });
  await writeFile(join(folder, 'a', 'workspace.sqlite'), '');
  expect(findWorkspace(undefined, deep)).toEqual({ dir: join(folder, 'a'), missing: false });
  await writeFile(join(folder, 'a', 'b', 'workspace.sqlite'), '');
  expect(findWorkspace(undefined, deep)).toEqual({ dir: join(folder, 'a', 'b'), missing: false });
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'workspace.sqlite'), '');
  expect(findWorkspace(undefined, folder)).toEqual({ dir: own, missing: false });
});
