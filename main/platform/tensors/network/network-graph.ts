import { createGraphBuilder, type Attribute, type GraphBuilder, type Output } from '../graph/graph-def.ts';
import { countedLoop } from '../graph/counted-loop.ts';
import { adam, layerSizes, type NetworkShape } from './network.ts';

/** A parameter with its Adam moments: handles of resource variables, its first value's place, and its value. */
interface Parameter {
  readonly shape: readonly number[];
  readonly handle: Output;
  readonly first: Output;
  readonly second: Output;
  readonly feed: Output;
  readonly value: Output;
}

/** Where rows are fed, once. */
export interface Source {
  readonly dense: Output;
  readonly codes: Output;
  readonly target: Output;
}

export interface NetworkGraph {
  readonly savedModel: Uint8Array;
  readonly parameters: readonly Parameter[];
  readonly train: Source;
  readonly validation: Source;
  /** Fetched once, with all parameters and rows fed, before anything else. */
  readonly initialised: Output;
  /**
   * Many updates in one call: `turns` of them, each with its row numbers in rows [turns, batch], share = 1 / batch, and its step
   * size in rates [turns]. `loss` is `sum` plus the losses of all those rows.
   */
  readonly updates: {
    readonly turns: Output;
    readonly rows: Output;
    readonly share: Output;
    readonly rates: Output;
    readonly sum: Output;
    readonly loss: Output;
  };
  /** Sum of the losses of the validation rows numbered `rows`. */
  readonly check: { readonly rows: Output; readonly loss: Output };
  /** Gradients of one batch of training rows, in the order of `parameters`; for tests. */
  readonly probe: {
    readonly rows: Output;
    readonly share: Output;
    readonly gradients: readonly Output[];
    readonly loss: Output;
  };
}

const float = { type: 'float' } as const;
const int = { type: 'int32' } as const;
const resource = { type: 'resource' } as const;
const T = { T: float };

/**
 * The whole training as one graph: gather the batch, forward, backward written out, Adam, in a loop that makes many updates a call.
 * Nothing is differentiated automatically, and no batch comes back to JavaScript.
 */
export function buildNetworkGraph(shape: NetworkShape): NetworkGraph {
  const g = createGraphBuilder();
  const assigned: Output[] = [];
  const parameters = declareParameters(g, shape, assigned);
  const train = declareSource(g, shape, assigned);
  const validation = declareSource(g, shape, assigned);
  const updates = {
    turns: placeholder(g, int, []),
    rows: placeholder(g, int, [-1, -1]),
    share: placeholder(g, float, []),
    rates: placeholder(g, float, [-1]),
    sum: placeholder(g, float, []),
  };
  const loss = countedLoop(g, updates.turns, updates.sum, (inside) => {
    const pick = (from: Output, type: Attribute): Output =>
      inside.node('GatherV2', [inside.bring(from, type), inside.index, inside.int(0)], {
        Tparams: type,
        Tindices: int,
        Taxis: int,
      });
    const own = parameters.map((parameter) => ({
      ...parameter,
      handle: inside.bring(parameter.handle, resource),
      first: inside.bring(parameter.first, resource),
      second: inside.bring(parameter.second, resource),
    }));
    const source = {
      dense: inside.bring(train.dense, resource),
      codes: inside.bring(train.codes, resource),
      target: inside.bring(train.target, resource),
    };
    const rows = pick(updates.rows, int);
    const share = inside.bring(updates.share, float);
    const pass = backward(inside, shape, own, source, rows, share, [inside.index]);
    // A variable that something still reads would be copied before it is written.
    const after = [...pass.gradients, pass.loss];
    return {
      add: pass.loss,
      updates: update(inside, own, pass.gradients, pick(updates.rates, float), after),
    };
  });

  const checkRows = placeholder(g, int, [-1]);
  const checked = forward(g, shape, parameters, validation, checkRows, []);
  const check = { rows: checkRows, loss: outputSlope(g, shape, checked).loss };
  const probeRows = placeholder(g, int, [-1]);
  const probeShare = placeholder(g, float, []);
  const probed = backward(g, shape, parameters, train, probeRows, probeShare, []);
  const initialised = g.node('Identity', [g.int(1)], { T: int }, assigned);
  return {
    savedModel: g.savedModel(),
    parameters,
    train: train.source,
    validation: validation.source,
    initialised,
    updates: { ...updates, loss },
    check,
    probe: { rows: probeRows, share: probeShare, ...probed },
  };
}

/** Handles of the variables that hold the rows. */
interface SourceHandles {
  readonly dense: Output;
  readonly codes: Output;
  readonly target: Output;
}

interface Pass {
  readonly dense: Output;
  readonly codes: Output;
  readonly target: Output;
  /** Inputs of the second layer on: activations of each hidden layer. */
  readonly hidden: readonly Output[];
  readonly weights: readonly Output[];
  readonly output: Output;
}

function declareParameters(g: GraphBuilder, shape: NetworkShape, assigned: Output[]): Parameter[] {
  const sizes = layerSizes(shape);
  const first = sizes[0] ?? 0;
  const parameters: Parameter[] = [];
  if (shape.dense > 0) parameters.push(declareParameter(g, assigned, [shape.dense, first]));
  // One row more than there are levels: what "none of them" adds, always zero.
  if (shape.coded > 0) parameters.push(declareParameter(g, assigned, [shape.levels + 1, first]));
  parameters.push(declareParameter(g, assigned, [first]));
  for (let layer = 1; layer < sizes.length; layer++) {
    const width = sizes[layer] ?? 0;
    parameters.push(
      declareParameter(g, assigned, [sizes[layer - 1] ?? 0, width]),
      declareParameter(g, assigned, [width]),
    );
  }
  return parameters;
}

function declareParameter(g: GraphBuilder, assigned: Output[], shape: readonly number[]): Parameter {
  const [handle, first, second] = [
    variable(g, float, shape),
    variable(g, float, shape),
    variable(g, float, shape),
  ];
  const feed = placeholder(g, float, shape);
  const zeros = g.node('Fill', [g.int(shape), g.float(0)], { T: float, index_type: int });
  assigned.push(
    assign(g, handle, feed, float),
    assign(g, first, zeros, float),
    assign(g, second, zeros, float),
  );
  return { shape, handle, first, second, feed, value: g.node('ReadVariableOp', [handle], { dtype: float }) };
}

function declareSource(
  g: GraphBuilder,
  shape: NetworkShape,
  assigned: Output[],
): SourceHandles & { readonly source: Source } {
  const feed = (dtype: Attribute, size: readonly number[]): [Output, Output] => {
    const [handle, source] = [variable(g, dtype, size), placeholder(g, dtype, size)];
    assigned.push(assign(g, handle, source, dtype));
    return [handle, source];
  };
  const [dense, denseFeed] = feed(float, [-1, shape.dense]);
  const [codes, codesFeed] = feed(int, [-1, shape.coded]);
  const [target, targetFeed] = shape.loss === 'softmax' ? feed(int, [-1]) : feed(float, [-1, 1]);
  return { source: { dense: denseFeed, codes: codesFeed, target: targetFeed }, dense, codes, target };
}

function forward(
  g: GraphBuilder,
  shape: NetworkShape,
  parameters: readonly Parameter[],
  source: SourceHandles,
  rows: Output,
  after: readonly Output[],
): Pass {
  const gather = (handle: Output, indices: Output, kind: Attribute): Output =>
    g.node('ResourceGather', [handle, indices], { dtype: kind, Tindices: int }, after);
  const read = (parameter: Parameter): Output =>
    g.node('ReadVariableOp', [parameter.handle], { dtype: float }, after);
  const dense = shape.dense > 0 ? gather(source.dense, rows, float) : rows;
  const codes = shape.coded > 0 ? gather(source.codes, rows, int) : rows;
  const target = gather(source.target, rows, shape.loss === 'softmax' ? int : float);

  const left = [...parameters];
  const take = (): Parameter => {
    const parameter = left.shift();
    if (!parameter) throw new Error('a network graph ran out of parameters');
    return parameter;
  };
  const terms: Output[] = [];
  const weights: Output[] = [];
  if (shape.dense > 0) {
    const w = read(take());
    weights.push(w);
    terms.push(matMul(g, dense, w));
  }
  if (shape.coded > 0) {
    // -1 is "none of the levels": the last row of the table, which no gradient reaches and so stays zero.
    const places = g.node('FloorMod', [codes, g.int(shape.levels + 1)], { T: int });
    const picked = gather(take().handle, places, float);
    terms.push(g.node('Sum', [picked, g.int(1)], { T: float, Tidx: int, keep_dims: { bool: false } }));
  }
  let z = bias(g, addAll(g, terms), read(take()));
  const hidden: Output[] = [];
  while (left.length > 0) {
    const a = g.node(shape.activation === 'relu' ? 'Relu' : 'Tanh', [z], T);
    hidden.push(a);
    const w = read(take());
    weights.push(w);
    z = bias(g, matMul(g, a, w), read(take()));
  }
  return { dense, codes, target, hidden, weights, output: z };
}

/** Gradients of the mean loss over the batch, by the chain rule from the output back. */
function backward(
  g: GraphBuilder,
  shape: NetworkShape,
  parameters: readonly Parameter[],
  source: SourceHandles,
  rows: Output,
  share: Output,
  after: readonly Output[],
): { gradients: Output[]; loss: Output } {
  const pass = forward(g, shape, parameters, source, rows, after);
  const { slope: unscaled, loss } = outputSlope(g, shape, pass);
  let slope = g.node('Mul', [unscaled, share], T);
  const gradients: Output[] = [];
  for (let layer = pass.hidden.length - 1; layer >= 0; layer--) {
    const a = pass.hidden[layer];
    const w = pass.weights[layer + (shape.dense > 0 ? 1 : 0)];
    if (!a || !w) throw new Error('a network graph lost a layer');
    gradients.unshift(decayed(g, shape, matMul(g, a, slope, 'a'), w), columnSums(g, slope));
    const back = matMul(g, slope, w, 'b');
    slope = shape.activation === 'relu' ? g.node('ReluGrad', [back, a], T) : g.node('TanhGrad', [a, back], T);
  }
  gradients.unshift(columnSums(g, slope));
  const table = parameters[shape.dense > 0 ? 1 : 0];
  if (shape.coded > 0 && table) {
    const scattered = scatter(g, shape, pass.codes, slope);
    const read = g.node('ReadVariableOp', [table.handle], { dtype: float }, after);
    gradients.unshift(shape.l2 > 0 ? decayed(g, shape, scattered, read) : scattered);
  }
  const w = pass.weights[0];
  if (shape.dense > 0 && w) gradients.unshift(decayed(g, shape, matMul(g, pass.dense, slope, 'a'), w));
  return { gradients, loss };
}

/** The sum of the batch's losses, and its gradient by the output of each row. */
function outputSlope(g: GraphBuilder, shape: NetworkShape, pass: Pass): { loss: Output; slope: Output } {
  const { output: z, target: y } = pass;
  if (shape.loss === 'squared') {
    const difference = g.node('Sub', [z, y], T);
    const loss = sumAll(g, g.node('Square', [difference], T), 2);
    return { loss, slope: g.node('Mul', [difference, g.float(2)], T) };
  }
  if (shape.loss === 'sigmoid') {
    // log(1 + exp(z)) - y z, which does not overflow as softplus.
    const losses = g.node('Sub', [g.node('Softplus', [z], T), g.node('Mul', [z, y], T)], T);
    return { loss: sumAll(g, losses, 2), slope: g.node('Sub', [g.node('Sigmoid', [z], T), y], T) };
  }
  const both = g.node('SparseSoftmaxCrossEntropyWithLogits', [z, y], { T: float, Tlabels: int });
  return { loss: sumAll(g, g.at(both, 0), 1), slope: g.at(both, 1) };
}

/** Gradient of the level table: each row's slope added to the rows of its levels. Negative codes are dropped by the operation. */
function scatter(g: GraphBuilder, shape: NetworkShape, codes: Output, slope: Output): Output {
  const width = shape.hidden[0] ?? shape.outputs;
  const size = g.node('Shape', [codes], { T: int, out_type: int });
  const wanted = g.node('ConcatV2', [size, g.int([width]), g.int(0)], { N: { int: 2 }, T: int, Tidx: int });
  const middle = g.node('ExpandDims', [slope, g.int(1)], { T: float, Tdim: int });
  const repeated = g.node('BroadcastTo', [middle, wanted], { T: float, Tidx: int });
  return g.node('UnsortedSegmentSum', [repeated, codes, g.int(shape.levels + 1)], {
    T: float,
    Tindices: int,
    Tnumsegments: int,
  });
}

function update(
  g: GraphBuilder,
  parameters: readonly Parameter[],
  gradients: readonly Output[],
  rate: Output,
  after: readonly Output[],
): Output[] {
  // The bias corrections are in the rate, so the powers of the betas are 0 here.
  const [beta1, beta2, epsilon] = [g.float(adam.beta1), g.float(adam.beta2), g.float(adam.epsilon)];
  return gradients.map((gradient, i) => {
    const parameter = parameters[i];
    if (!parameter) throw new Error('a network graph has more gradients than parameters');
    const { handle, first, second } = parameter;
    const inputs = [handle, first, second, g.float(0), g.float(0), rate, beta1, beta2, epsilon, gradient];
    return g.node('ResourceApplyAdam', inputs, T, after);
  });
}

function decayed(g: GraphBuilder, shape: NetworkShape, gradient: Output, weights: Output): Output {
  if (shape.l2 === 0) return gradient;
  return g.node('AddV2', [gradient, g.node('Mul', [weights, g.float(shape.l2)], T)], T);
}

function matMul(g: GraphBuilder, a: Output, b: Output, transposed?: 'a' | 'b'): Output {
  const flags = { transpose_a: { bool: transposed === 'a' }, transpose_b: { bool: transposed === 'b' } };
  return g.node('MatMul', [a, b], { T: float, ...flags });
}

function bias(g: GraphBuilder, a: Output, b: Output): Output {
  return g.node('BiasAdd', [a, b], T);
}

function columnSums(g: GraphBuilder, a: Output): Output {
  return g.node('BiasAddGrad', [a], T);
}

function sumAll(g: GraphBuilder, a: Output, rank: 1 | 2): Output {
  return g.node('Sum', [a, g.int(rank === 1 ? [0] : [0, 1])], {
    T: float,
    Tidx: int,
    keep_dims: { bool: false },
  });
}

function addAll(g: GraphBuilder, terms: readonly Output[]): Output {
  const [first] = terms;
  if (!first) throw new Error('nothing to add');
  return terms.length === 1 ? first : g.node('AddN', terms, { N: { int: terms.length }, T: float });
}

function placeholder(g: GraphBuilder, dtype: Attribute, shape: readonly number[]): Output {
  return g.node('Placeholder', [], { dtype, shape: { shape } });
}

function variable(g: GraphBuilder, dtype: Attribute, shape: readonly number[]): Output {
  return g.node('VarHandleOp', [], { dtype, shape: { shape }, shared_name: { text: g.fresh('variable') } });
}

function assign(g: GraphBuilder, handle: Output, value: Output, dtype: Attribute): Output {
  return g.node('AssignVariableOp', [handle, value], { dtype });
}
