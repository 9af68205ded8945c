import type { GraphBuilder, Output } from '../graph/graph-def.ts';
import { outputSlope, type HiddenPass, type Pass } from './forward-graph.ts';
import { binary, columnSums, matMul, segmentSums, splitColumns, spreadSums } from './graph-ops.ts';
import { layerSizes, type NetworkShape } from './network.ts';
import { isDecayed, parametersOf, tableRows } from './parameters.ts';

/** Gradients of the mean loss over the batch by each parameter, by the chain rule from the output back; `share` is 1 / its rows. */
export function backward(
  g: GraphBuilder,
  shape: NetworkShape,
  pass: Pass,
  share: Output,
): { readonly gradients: Readonly<Record<string, Output>>; readonly loss: Output } {
  const { slope: unscaled, loss } = outputSlope(g, shape, pass);
  const gradients: Record<string, Output> = {};
  const top = binary(g, 'Mul', unscaled, share);
  const last = shape.hidden.length + 1;
  gradients[`bias${last}`] = columnSums(g, top);
  if (shape.wide) wideGradients(g, shape, pass, top, gradients);
  let slope = top;
  for (let layer = shape.hidden.length - 1; layer >= 0; layer--) {
    const hidden = pass.hidden[layer];
    if (!hidden) throw new Error('a network graph lost a layer');
    const name = `weights${layer + 2}`;
    gradients[name] = matMul(g, hidden.out, slope, 'a');
    slope = hiddenSlope(g, shape, layer, hidden, matMul(g, slope, pass.value(name), 'b'), share, gradients);
  }
  inputGradients(g, shape, pass, slope, gradients);
  return { gradients: penalised(g, shape, pass, gradients), loss };
}

/** Through dropout, the activation and normalisation to the layer's sums. */
function hiddenSlope(
  g: GraphBuilder,
  shape: NetworkShape,
  layer: number,
  { bent, mask, norm }: HiddenPass,
  above: Output,
  share: Output,
  gradients: Record<string, Output>,
): Output {
  const back = mask ? binary(g, 'Mul', above, mask) : above;
  const T = { T: { type: 'float' } } as const;
  const slope =
    shape.activation === 'relu' ? g.node('ReluGrad', [back, bent], T) : g.node('TanhGrad', [bent, back], T);
  const shift = columnSums(g, slope);
  gradients[`bias${layer + 1}`] = shift;
  if (!norm) return slope;
  const stretch = columnSums(g, binary(g, 'Mul', slope, norm.standard));
  gradients[`scale${layer + 1}`] = stretch;
  // The batch's mean and variance depend on every row of it (Ioffe and Szegedy 2015, section 3).
  const mean = binary(g, 'Mul', shift, share);
  const along = binary(g, 'Mul', norm.standard, binary(g, 'Mul', stretch, share));
  const own = binary(g, 'Sub', binary(g, 'Sub', slope, mean), along);
  return binary(g, 'Mul', own, binary(g, 'Mul', norm.scale, norm.inverse));
}

function inputGradients(
  g: GraphBuilder,
  shape: NetworkShape,
  pass: Pass,
  slope: Output,
  gradients: Record<string, Output>,
): void {
  const width = layerSizes(shape)[0] ?? 0;
  if (pass.dense) gradients['dense'] = matMul(g, pass.dense, slope, 'a');
  if (pass.codes) gradients['levels'] = spreadSums(g, slope, pass.codes, shape.levels + 1, width);
  if (!pass.vectors) return;
  gradients['embedded'] = matMul(g, pass.vectors, slope, 'a');
  const parts = splitColumns(
    g,
    matMul(g, slope, pass.value('embedded'), 'b'),
    shape.embedded.map(({ size }) => size),
  );
  shape.embedded.forEach(({ rows }, k) => {
    const [part, codes] = [parts[k], pass.picked[k]];
    if (part && codes) gradients[`embedding${k + 1}`] = segmentSums(g, part, codes, rows);
  });
}

function wideGradients(
  g: GraphBuilder,
  shape: NetworkShape,
  pass: Pass,
  top: Output,
  gradients: Record<string, Output>,
): void {
  const { outputs } = shape;
  if (pass.dense) gradients['wide.dense'] = matMul(g, pass.dense, top, 'a');
  if (pass.codes) gradients['wide.levels'] = spreadSums(g, top, pass.codes, shape.levels + 1, outputs);
  if (pass.wideCodes)
    gradients['wide.embedded'] = spreadSums(g, top, pass.wideCodes, tableRows(shape), outputs);
}

function penalised(
  g: GraphBuilder,
  shape: NetworkShape,
  pass: Pass,
  gradients: Readonly<Record<string, Output>>,
): Readonly<Record<string, Output>> {
  if (shape.l2 === 0) return gradients;
  const pulled = parametersOf(shape)
    .filter(isDecayed)
    .flatMap(({ name }) => {
      const gradient = gradients[name];
      if (gradient === undefined) return [];
      const pull = binary(g, 'Mul', pass.value(name), g.float(shape.l2));
      return [[name, binary(g, 'AddV2', gradient, pull)] as const];
    });
  return { ...gradients, ...Object.fromEntries(pulled) };
}
