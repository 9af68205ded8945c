import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { engineReport } from '../platform/tensors/index.ts';
import type { Service } from '../workspaces/index.ts';
import { resources } from '../platform/resources.ts';
import { keep, readKept } from './kept.ts';
import { version } from './version.ts';

const Samples = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    doc: z.string(),
    file: z.string(),
    rows: z.int(),
    columns: z.int(),
    recipe: z.string(),
    source: z.string(),
  }),
);

export const systemService: Service<'system'> = {
  async doctor(_, { session }) {
    const { engines, training } = await engineReport();
    return {
      holdfast: version,
      node: process.versions.node,
      platform: `${process.platform} ${process.arch}`,
      cpu: `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads`,
      memory: totalmem(),
      engines,
      training,
      workspace: session.current()?.dir ?? null,
      offline: 'Holdfast talks to the network only when you push, pull or log in',
    };
  },
  samples() {
    const folder = join(resources(), 'samples');
    const samples = Samples.parse(JSON.parse(readFileSync(join(folder, 'samples.json'), 'utf8')));
    return { samples: samples.map(({ file, ...sample }) => ({ ...sample, path: join(folder, file) })) };
  },
  kept: async () => ({ entries: await readKept() }),
  async keep({ key, value }) {
    await keep(key, value);
    return {};
  },
};
