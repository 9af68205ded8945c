import type { Pace } from '../pace.ts';
import { identify, type Identified } from './identify.ts';
import type { Layout } from './layout.ts';
import { createSweep, overRows } from './sweep.ts';

/** The vector with zeros wherever an unknown is left out. */
export function onlyAt(vector: Float64Array, active: Int32Array): Float64Array {
  const out = new Float64Array(vector.length);
  for (const index of active) out[index] = vector[index]!;
  return out;
}

export async function identifyRows(layout: Layout, pace: Pace): Promise<Identified> {
  const sweep = createSweep(layout);
  await overRows(sweep, pace, () => sweep.addGram());
  return pace.run(identify(layout, sweep.takeGram()));
}
