import type { CallContext } from '../../workspaces/index.ts';
import { canonicalJson } from '../canonical-json.ts';
import { sampleTask } from '../tasks.ts';
import type { SampleInput, TrainingSample } from './training-sample.ts';

export type SampleOf = (input: SampleInput, context: CallContext) => Promise<TrainingSample>;

const kept = 4;

/** Remembers the samples asked for last, so that an editor sees the effect of a change at once. A snapshot never changes. */
export function createSampleCache(): SampleOf {
  const known = new Map<string, TrainingSample>();
  return async (input, context) => {
    const key = canonicalJson(input);
    const sample = known.get(key) ?? (await context.task(sampleTask, input, [0, 0.9])).result;
    known.delete(key);
    known.set(key, sample);
    const [oldest] = known.keys();
    if (known.size > kept && oldest !== undefined) known.delete(oldest);
    return sample;
  };
}
