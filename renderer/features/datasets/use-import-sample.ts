import { useState } from 'react';
import { useBackend } from '../../api/context.ts';
import { useFacts } from '../../api/facts.ts';
import { useJobCall } from '../../api/jobs.ts';
import { go, pathOf } from '../../ui/navigation/router.ts';
import { findSample } from './find-sample.ts';
import { words } from './words.ts';

/** Imports the sample into the open workspace and shows it. */
export function useImportSample() {
  const { client } = useBackend();
  const samples = useFacts('system.samples', {});
  const [problem, setProblem] = useState<unknown>(null);
  const job = useJobCall('datasets.import', ({ dataset }) => go(pathOf('data', dataset)));
  const sample = samples.data ? findSample(samples.data) : undefined;
  const start = async () => {
    const found = findSample(await client.system.samples({}));
    if (found) await job.start({ path: found.path, name: found.id, options: {} });
  };
  return {
    ...job,
    error: problem ?? job.error,
    title: sample?.title ?? words.realTable,
    start: () => {
      setProblem(null);
      start().catch(setProblem);
    },
  };
}
