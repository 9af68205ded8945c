import * as z from 'zod';
import { Calibration } from '../calibration/index.ts';
import { fail } from '../../../preload/contract/errors.ts';
import type { ModelArtifact, Tensor } from '../family.ts';

/** A model inside another: its artifact without what both have in common, and without its tensors. */
const Inside = z.strictObject({
  family: z.string().min(1),
  version: z.int().min(1),
  features: z.array(z.string()),
  spec: z.record(z.string(), z.unknown()),
  calibration: Calibration.exactOptional(),
});

const EnsembleSpec = z.discriminatedUnion('how', [
  z.strictObject({
    how: z.literal('average'),
    members: z.array(Inside).min(2),
    /** One per member, not negative, adding up to 1. */
    weights: z.array(z.number().min(0)).min(2),
  }),
  z.strictObject({
    how: z.literal('stack'),
    members: z.array(Inside).min(2),
    /** What it predicts from are the predictions of the members. */
    meta: Inside,
  }),
]);

/** A model made of several: what they say is averaged, or another model predicts from it. */
export type Ensemble =
  | {
      readonly how: 'average';
      readonly members: readonly ModelArtifact[];
      readonly weights: readonly number[];
    }
  | { readonly how: 'stack'; readonly members: readonly ModelArtifact[]; readonly meta: ModelArtifact };

export const ensembleId = 'ensemble';

/** The one artifact of several models; how far each was off on its own is left out. All predict the same. */
export function writeEnsemble(ensemble: Ensemble, features: readonly string[]): ModelArtifact {
  const { how, members } = ensemble;
  const [first] = members;
  if (!first) throw new TypeError('there is no model to put together');
  const { task, classes } = first;
  const tensors: Record<string, Tensor> = {};
  const inside = (artifact: ModelArtifact, key: string): z.infer<typeof Inside> => {
    for (const [name, tensor] of Object.entries(artifact.tensors)) tensors[`${key}/${name}`] = tensor;
    const { family, version, spec, calibration } = artifact;
    return {
      family,
      version,
      features: [...artifact.features],
      spec: { ...spec },
      ...(calibration ? { calibration } : {}),
    };
  };
  const within = members.map((member, i) => inside(member, String(i + 1)));
  const spec =
    how === 'average'
      ? { how, members: within, weights: [...ensemble.weights] }
      : { how, members: within, meta: inside(ensemble.meta, 'meta') };
  return { family: ensembleId, version: 1, task, classes, features, spec, tensors };
}

/** Reads what `writeEnsemble` wrote. Throws `model-damaged`. */
export function readEnsemble({ task, classes, spec, tensors }: ModelArtifact): Ensemble {
  const parsed = EnsembleSpec.safeParse(spec);
  if (!parsed.success) throw fail('model-damaged', { reason: z.prettifyError(parsed.error) });
  const own = (inside: z.infer<typeof Inside>, key: string): ModelArtifact => {
    const prefix = `${key}/`;
    const held = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
    return {
      ...inside,
      task,
      classes,
      tensors: Object.fromEntries(held.map(([name, tensor]) => [name.slice(prefix.length), tensor])),
    };
  };
  const members = parsed.data.members.map((inside, i) => own(inside, String(i + 1)));
  if (parsed.data.how === 'stack') return { how: 'stack', members, meta: own(parsed.data.meta, 'meta') };
  const { weights } = parsed.data;
  if (weights.length !== members.length) {
    throw fail('model-damaged', { reason: `${weights.length} weights for ${members.length} models` });
  }
  return { how: 'average', members, weights };
}
