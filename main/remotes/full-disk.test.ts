import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { sampleKit, temporaryFolder } from './testing/fixtures.ts';

let folder = '';

beforeEach(async () => {
  folder = await temporaryFolder();
  await sampleKit(folder);
  await rm(join(folder, 'kit'), { recursive: true });
});

const from = (path: string) => JSON.stringify(join(import.meta.dirname, path));

/** Packs, pushes and pulls in a process of its own, whose n-th step on the disk fails as `fault` says. */
function run(fault: string | undefined): Promise<unknown> {
  const program = `
    import { packKit } from ${from('modelkit/index.ts')};
    import { openRemote } from ${from('open-remote.ts')};
    import { pullKit, pushKit } from ${from('transfer.ts')};
    const remote = openRemote('file:stick', { cwd: '.', plainHttp: false, credentials: async () => undefined });
    const labels = { title: 'house', version: '2', created: '2026-01-02T03:04:05.000Z', packer: '0.1.0' };
    try {
      await pushKit(remote, await packKit('bundle', 'kit', labels), 'house-v2', {});
      console.log(JSON.stringify({ digest: (await pullKit(remote, 'work', {})).digest }));
    } catch (error) {
      console.log(JSON.stringify({ code: error.code, message: error.message }));
    }`;
  const env = { ...process.env, ...(fault === undefined ? {} : { HOLDFAST_FAIL_AT: fault }) };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, ['--input-type=module', '-e', program], { cwd: folder, env }, (error, out) => {
      if (error) reject(error);
      else resolve(JSON.parse(out));
    });
  });
}

async function leftOver(): Promise<string[]> {
  const names = await readdir(join(folder, 'stick'), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.tmp') || name.endsWith('.lock'));
}

test('a disk that is full at any step is told in words, nothing half is left, and the next try gives the same', async () => {
  const whole = await run(undefined);
  expect(whole).toEqual({ digest: expect.stringMatching(/^sha256:/) });
  const codes: string[] = [];
  // Packing, sending, receiving, unpacking; the reliability gate takes every step of a pull.
  for (const step of [1, 4, 9, 20, 40, 64]) {
    for (const name of ['stick', 'kit', 'work'])
      await rm(join(folder, name), { recursive: true, force: true });
    const outcome = await run(`host:${step}:ENOSPC`);
    if (JSON.stringify(outcome) === JSON.stringify(whole)) break;
    expect(outcome, `step ${step}`).toEqual({
      code: 'disk-full',
      message: expect.stringMatching(
        /^the disk that holds ".+" is full; nothing was half-written\. Free some space and do it again$/,
      ),
    });
    codes.push('disk-full');
    expect(await leftOver(), `step ${step}`).toEqual([]);
    for (const name of ['kit', 'work']) await rm(join(folder, name), { recursive: true, force: true });
    expect(await run(undefined), `after step ${step}`).toEqual(whole);
  }
  expect(codes.length).toBe(6);
}, 120_000);
