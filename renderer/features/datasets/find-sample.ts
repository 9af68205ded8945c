import type { OutputOf } from '../../api/methods.ts';

type Sample = OutputOf<'system.samples'>['samples'][number];

/** The sample that beginners are offered. */
export function findSample({ samples }: OutputOf<'system.samples'>): Sample | undefined {
  return samples.find(({ id }) => id === 'sacramento') ?? samples[0];
}
