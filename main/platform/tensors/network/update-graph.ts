import type { GraphBuilder, Output } from '../graph/graph-def.ts';
import type { Handles, Pass } from './forward-graph.ts';
import { assign, binary, float, read, variable, zeros } from './graph-ops.ts';
import { adam, type NetworkShape } from './network.ts';
import { isDecayed, type ParameterSpec } from './parameters.ts';

/** What an optimiser remembers of each parameter: variables that start at 0. */
export function slotsOf(
  g: GraphBuilder,
  { optimiser }: NetworkShape,
  shapes: readonly (readonly number[])[],
  assigned: Output[],
): Output[][] {
  const count = { sgd: 0, momentum: 1, adam: 2 }[optimiser.kind];
  return shapes.map((shape) =>
    Array.from({ length: count }, () => {
      const slot = variable(g, float, shape);
      assigned.push(assign(g, slot, zeros(g, shape), float));
      return slot;
    }),
  );
}

/** One update of one parameter, once all of `after` are done; with decay the weight shrinks first. */
export function updateParameters(
  g: GraphBuilder,
  { optimiser, decay }: NetworkShape,
  spec: ParameterSpec,
  handle: Output | undefined,
  [first, second]: readonly Output[],
  gradient: Output | undefined,
  { rate, shrink }: { readonly rate: Output; readonly shrink?: Output },
  after: readonly Output[],
): Output {
  if (!handle || !gradient) throw new Error(`a network graph has no gradient for "${spec.name}"`);
  const T = { T: float };
  let ready = after;
  if (decay > 0 && shrink && isDecayed(spec)) {
    const less = binary(g, 'Mul', read(g, handle, after), shrink);
    ready = [g.node('AssignSubVariableOp', [handle, less], { dtype: float })];
  }
  if (optimiser.kind === 'adam' && first && second) {
    // The bias corrections are in the rate, so the powers of the betas are 0 here.
    const [beta1, beta2, epsilon] = [g.float(adam.beta1), g.float(adam.beta2), g.float(adam.epsilon)];
    const inputs = [handle, first, second, g.float(0), g.float(0), rate, beta1, beta2, epsilon, gradient];
    return g.node('ResourceApplyAdam', inputs, T, ready);
  }
  if (optimiser.kind === 'momentum' && first) {
    const inputs = [handle, first, rate, gradient, g.float(optimiser.momentum)];
    return g.node('ResourceApplyMomentum', inputs, T, ready);
  }
  return g.node('ResourceApplyGradientDescent', [handle, rate, gradient], T, ready);
}

/** Moves the running mean and variance of each normalised layer towards the batch's by `blend`. */
export function updateStatistics(
  g: GraphBuilder,
  handles: Handles,
  { hidden }: Pass,
  blend: Output,
  after: readonly Output[],
): Output[] {
  return hidden.flatMap(({ norm }, layer) => {
    if (!norm) return [];
    return (['mean', 'variance'] as const).map((kind) => {
      const handle = handles[`${kind}${layer + 1}`];
      if (handle === undefined) throw new Error('a network graph has no statistics');
      const away = binary(g, 'Sub', norm[kind], read(g, handle, after));
      return g.node('AssignAddVariableOp', [handle, binary(g, 'Mul', away, blend)], { dtype: float });
    });
  });
}
