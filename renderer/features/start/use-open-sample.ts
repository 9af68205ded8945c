import { useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { useJobCall } from '../../api/jobs.ts';
import type { OutputOf } from '../../api/methods.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { makeOrOpen } from './make-or-open.ts';

export type Sample = OutputOf<'system.samples'>['samples'][number];

/** Makes or opens the workspace of a sample, imports its table, lays its recipe ready on Train, and shows the table. */
export function useOpenSample() {
  const { client } = useBackend();
  const [opening, setOpening] = useState<Sample | null>(null);
  const [preparing, setPreparing] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const load = useJobCall('datasets.import', ({ dataset }) => go(pathOf('data', dataset)));
  const prepare = async (sample: Sample) => {
    const { suggested } = await client.workspaces.recent({});
    await makeOrOpen(client, suggested.replace(/[^/\\]+$/, sample.id), sample.title);
    // Loaded late: the recipe's text brings a parser along, which the first paint need not wait for.
    const { useTrainDraft } = await import('../training/store.ts');
    useTrainDraft.getState().begin(sample.id, sample.recipe);
    await load.start({ path: sample.path, name: sample.id, options: {} });
  };
  return {
    /** The sample that is being opened. */
    opening: preparing || load.running ? opening : null,
    job: load.job,
    cancel: load.cancel,
    error: problem ?? load.error,
    open: (sample: Sample) => {
      setProblem(null);
      setOpening(sample);
      setPreparing(true);
      prepare(sample)
        .catch(setProblem)
        .finally(() => setPreparing(false));
    },
  };
}
