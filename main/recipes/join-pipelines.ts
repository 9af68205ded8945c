import { memberPrefix } from './join-designs.ts';
import type { FittedPipeline } from './pipeline.ts';

/**
 * The pipelines of several models as one: every raw column that one of them reads goes in, and the features of all come out beside each
 * other, by `memberPrefix`. None may be joined itself.
 */
export function joinPipelines(members: readonly FittedPipeline[]): FittedPipeline {
  const inputs = new Map(members.flatMap((member) => member.inputs).map((input) => [input.name, input]));
  return {
    format: 1,
    inputs: [...inputs.values()],
    steps: [],
    features: members.flatMap(({ features }, i) => features.map((name) => `${memberPrefix(i)}${name}`)),
    members: members.map((member) => {
      const { history: _, members: inside, ...own } = member;
      if (inside) throw new TypeError('a joined pipeline can not be joined again');
      return own;
    }),
  };
}
