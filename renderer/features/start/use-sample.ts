import { useState } from 'react';
import { Failure } from '../../../preload/contract/failure.ts';
import type { Client } from '../../../preload/contract/client.ts';
import { useBackend } from '../../api/context.ts';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { plural } from '../../ui/text/format.ts';
import { findSample } from '../datasets/find-sample.ts';

/** Makes a workspace in the suggested folder, imports the first sample and shows it. */
export function useSample() {
  const { client } = useBackend();
  const samples = useFacts('system.samples', {});
  const [preparing, setPreparing] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const load = useJobCall('datasets.import', ({ dataset }) => go(pathOf('data', dataset)));
  const sample = samples.data ? findSample(samples.data) : undefined;
  const prepare = async () => {
    const [offered, { suggested }] = await Promise.all([
      client.system.samples({}),
      client.workspaces.recent({}),
    ]);
    const found = findSample(offered);
    if (!found) return;
    await makeOrOpen(client, suggested);
    await load.start({ path: found.path, name: found.id, options: {} });
  };
  return {
    about: sample ? `${sample.title}, ${plural(sample.rows, 'row')}` : 'a real table, ready to train on',
    running: preparing || load.running,
    error: problem ?? load.error ?? samples.error,
    start: () => {
      setProblem(null);
      setPreparing(true);
      prepare()
        .catch(setProblem)
        .finally(() => setPreparing(false));
    },
  };
}

/** The suggested folder may be a workspace already, or hold something else: then the next name is tried. */
async function makeOrOpen(client: Client, suggested: string): Promise<void> {
  for (let n = 1; n <= 20; n++) {
    const dir = n === 1 ? suggested : `${suggested}-${n}`;
    try {
      await client.workspaces.create({ dir, name: 'Sample' });
      return;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'workspace-exists') {
        await client.workspaces.open({ dir });
        return;
      }
      if (error.code !== 'workspace-folder-not-empty' || n === 20) throw error;
    }
  }
}
