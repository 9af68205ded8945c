import { createGraphBuilder, type Attribute, type GraphBuilder, type Output } from '../graph/graph-def.ts';
import { countedLoop } from '../graph/counted-loop.ts';
import { backward } from './backward-graph.ts';
import { forward, outputSlope, type Handles } from './forward-graph.ts';
import { assign, float, int, placeholder, read, resource, variable } from './graph-ops.ts';
import type { NetworkShape } from './network.ts';
import { parametersOf, type ParameterSpec } from './parameters.ts';
import { slotsOf, updateParameters, updateStatistics } from './update-graph.ts';

/** A parameter or statistic of the graph: its variable, and where its first value is fed. */
export interface Held {
  readonly name: string;
  readonly shape: readonly number[];
  readonly feed: Output;
  readonly value: Output;
}

/** Where rows are fed, once; those a network has none of are left out. */
export interface Source {
  readonly dense?: Output;
  readonly codes?: Output;
  readonly embedded?: Output;
  readonly target: Output;
  readonly weights?: Output;
}

export interface NetworkGraph {
  readonly savedModel: Uint8Array;
  readonly parameters: readonly Held[];
  readonly statistics: readonly Held[];
  readonly train: Source;
  readonly validation: Source;
  /** Fetched once, with all parameters, statistics and rows fed, before anything else. */
  readonly initialised: Output;
  /**
   * Many updates in one call: `turns` of them, each with its row numbers in rows [turns, batch] and its step size in rates [turns];
   * share = 1 / batch, `first` the number of the first update. `shrink` [turns] is there with decay, `blends` [turns] with normalisation.
   * `loss` is `sum` plus the losses of all those rows.
   */
  readonly updates: {
    readonly turns: Output;
    readonly first: Output;
    readonly rows: Output;
    readonly share: Output;
    readonly rates: Output;
    readonly shrink?: Output;
    readonly blends?: Output;
    readonly sum: Output;
    readonly loss: Output;
  };
  /** Sum of the losses of the validation rows numbered `rows`. */
  readonly check: { readonly rows: Output; readonly loss: Output };
}

/**
 * The whole training as one graph: gather the batch, forward, backward written out, the optimiser's update, in a loop that makes many
 * updates a call. Nothing is differentiated automatically, and no batch comes back to JavaScript.
 */
export function buildNetworkGraph(shape: NetworkShape): NetworkGraph {
  const g = createGraphBuilder();
  const assigned: Output[] = [];
  const specs = parametersOf(shape);
  const parameters = specs.map((spec) => declare(g, assigned, spec.name, tableShape(spec)));
  const statistics = statisticShapes(shape).map(([name, size]) => declare(g, assigned, name, size));
  const handles = Object.fromEntries(
    [...parameters, ...statistics].map(({ name, handle }) => [name, handle]),
  );
  const slots = slotsOf(g, shape, specs.map(tableShape), assigned);
  const train = declareSource(g, shape, assigned);
  const validation = declareSource(g, shape, assigned);
  const updates = {
    turns: placeholder(g, int, []),
    first: placeholder(g, int, []),
    rows: placeholder(g, int, [-1, -1]),
    share: placeholder(g, float, []),
    rates: placeholder(g, float, [-1]),
    ...(shape.decay > 0 ? { shrink: placeholder(g, float, [-1]) } : {}),
    ...(shape.batchNorm ? { blends: placeholder(g, float, [-1]) } : {}),
    sum: placeholder(g, float, []),
  };
  const loss = countedLoop(g, updates.turns, updates.sum, (inside) => {
    const pick = (from: Output, type: Attribute): Output =>
      inside.node('GatherV2', [inside.bring(from, type), inside.index, inside.int(0)], {
        Tparams: type,
        Tindices: int,
        Taxis: int,
      });
    const bringAll = <Names extends Handles>(all: Names): Names => {
      const entries = Object.entries(all).map(([name, handle]) => [name, inside.bring(handle, resource)]);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return Object.fromEntries(entries) as Names;
    };
    const own = bringAll(handles);
    const step = inside.node('AddV2', [inside.bring(updates.first, int), inside.index], { T: int });
    const batch = {
      rows: pick(updates.rows, int),
      after: [inside.index],
      training: { share: inside.bring(updates.share, float), step },
    };
    const pass = forward(inside, shape, own, bringAll(train.handles), batch);
    const { gradients, loss: lost } = backward(inside, shape, pass, batch.training.share);
    // A variable that something still reads would be copied before it is written.
    const after = [...Object.values(gradients), lost];
    const rates = {
      rate: pick(updates.rates, float),
      ...(updates.shrink ? { shrink: pick(updates.shrink, float) } : {}),
    };
    const mine = slots.map((some) => some.map((slot) => inside.bring(slot, resource)));
    const moved = specs.map((spec, i) =>
      updateParameters(
        inside,
        shape,
        spec,
        own[spec.name],
        mine[i] ?? [],
        gradients[spec.name],
        rates,
        after,
      ),
    );
    const blended = updates.blends
      ? updateStatistics(inside, own, pass, pick(updates.blends, float), after)
      : [];
    return { add: lost, updates: [...moved, ...blended] };
  });

  const checkRows = placeholder(g, int, [-1]);
  const checked = forward(g, shape, handles, validation.handles, { rows: checkRows, after: [] });
  const check = { rows: checkRows, loss: outputSlope(g, shape, checked).loss };
  const initialised = g.node('Identity', [g.int(1)], { T: int }, assigned);
  return {
    savedModel: g.savedModel(),
    parameters,
    statistics,
    train: train.source,
    validation: validation.source,
    initialised,
    updates: { ...updates, loss },
    check,
  };
}

/** A table of one-hot levels has one row more than there are levels: what "none of them" adds, always zero. */
function tableShape({ name, shape }: ParameterSpec): readonly number[] {
  const [rows = 0, ...rest] = shape;
  return name === 'levels' || name === 'wide.levels' ? [rows + 1, ...rest] : shape;
}

function statisticShapes(shape: NetworkShape): (readonly [string, readonly number[]])[] {
  if (!shape.batchNorm) return [];
  return shape.hidden.flatMap((size, i) => [
    [`mean${i + 1}`, [size]] as const,
    [`variance${i + 1}`, [size]] as const,
  ]);
}

function declare(
  g: GraphBuilder,
  assigned: Output[],
  name: string,
  shape: readonly number[],
): Held & { readonly handle: Output } {
  const handle = variable(g, float, shape);
  const feed = placeholder(g, float, shape);
  assigned.push(assign(g, handle, feed, float));
  return { name, shape, handle, feed, value: read(g, handle) };
}

function declareSource(
  g: GraphBuilder,
  shape: NetworkShape,
  assigned: Output[],
): { readonly source: Source; readonly handles: Handles } {
  const source: { -readonly [Key in keyof Source]: Source[Key] } & Record<string, Output> = {
    target: placeholder(g, shape.loss === 'softmax' ? int : float, shape.loss === 'softmax' ? [-1] : [-1, 1]),
  };
  if (shape.dense > 0) source.dense = placeholder(g, float, [-1, shape.dense]);
  if (shape.coded > 0) source.codes = placeholder(g, int, [-1, shape.coded]);
  if (shape.embedded.length > 0) source.embedded = placeholder(g, int, [-1, shape.embedded.length]);
  if (shape.weighted) source.weights = placeholder(g, float, [-1, 1]);
  const handles: Record<string, Output> = {};
  for (const [name, feed] of Object.entries(source)) {
    const whole = name === 'codes' || name === 'embedded' || (name === 'target' && shape.loss === 'softmax');
    const dtype = whole ? int : float;
    const columns = { dense: shape.dense, codes: shape.coded, embedded: shape.embedded.length }[name] ?? 1;
    const size = name === 'target' && shape.loss === 'softmax' ? [-1] : [-1, columns];
    const handle = variable(g, dtype, size);
    assigned.push(assign(g, handle, feed, dtype));
    handles[name] = handle;
  }
  return { source, handles };
}
