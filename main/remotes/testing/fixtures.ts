import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { packKit, type PackedKit } from '../modelkit/index.ts';
import { systemClock } from '../../platform/clock.ts';
import type { HttpOptions } from '../../platform/network/index.ts';
import type { RemoteContext } from '../remote.ts';
import { sampleBundle, writeFiles } from './sample-bundle.ts';

export const labels = { title: 'house', version: '2', created: '2026-01-02T03:04:05.000Z', packer: '0.1.0' };

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-remote-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A bundle in `folder/bundle`, packed: with a layer of about 720 kB, several parts of an upload. */
export async function sampleKit(folder: string): Promise<PackedKit> {
  const large = Uint8Array.from({ length: 700_000 }, (_, index) => (index * 7919 + (index >> 8)) & 255);
  await writeFiles(join(folder, 'bundle'), { ...sampleBundle(), 'data/large.arrow': large });
  return packKit(join(folder, 'bundle'), join(folder, 'kit'), labels);
}

/** The real client with small parts (100 kB) and five tries a millisecond apart. */
export function testContext(
  cwd: string,
  login?: { readonly username: string; readonly password: string },
  http: Partial<HttpOptions> = {},
): RemoteContext {
  return {
    cwd,
    plainHttp: false,
    chunkSize: 100_000,
    credentials: () => Promise.resolve(login && { ...login, from: 'keychain' }),
    http: {
      connectTimeout: 20_000,
      idleTimeout: 20_000,
      retry: { tries: 5, firstWait: 1, longestWait: 3000, clock: systemClock },
      env: {},
      ...http,
    },
  };
}

/** As `testContext`, with a second of silence at most. */
export function impatientContext(cwd: string): RemoteContext {
  return testContext(cwd, undefined, { idleTimeout: 1000 });
}
