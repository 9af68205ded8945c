import type { Attribute, GraphBuilder, Output } from './graph-def.ts';

/** The inside of a loop. Its `float` and `int` are constants usable there; anything else from outside is brought in first. */
export interface LoopBody extends GraphBuilder {
  /** Turn 0, 1, ...; also what every stateful operation inside must come after. */
  readonly index: Output;
  bring(outside: Output, type: Attribute): Output;
}

/**
 * Runs `body` `count` times, one turn strictly after the other: a turn begins when all of `updates` of the one before have run. The
 * value is `start` plus each turn's `add`, summed in order, so that cutting the turns into several calls changes no bit.
 *
 * Made of TensorFlow's dataflow loop operations (Yu et al. 2018, "Dynamic control flow in large-scale machine learning", section 4).
 */
export function countedLoop(
  g: GraphBuilder,
  count: Output,
  start: Output,
  body: (inside: LoopBody) => { readonly add: Output; readonly updates: readonly Output[] },
): Output {
  const frame = g.fresh('loop');
  const int = { T: { type: 'int32' } } as const;
  const float = { T: { type: 'float' } } as const;
  const bring = (outside: Output, type: Attribute): Output =>
    g.node('Enter', [outside], { T: type, ...frameOf(frame, true) });

  const next = { index: g.reserve('NextIteration'), sum: g.reserve('NextIteration') };
  const enter = (outside: Output, type: Attribute): Output =>
    g.node('Enter', [outside], { T: type, ...frameOf(frame, false) });
  const index = g.node('Merge', [enter(g.int(0), int.T), next.index], { ...int, N: { int: 2 } });
  const sum = g.node('Merge', [enter(start, float.T), next.sum], { ...float, N: { int: 2 } });
  const goOn = g.node('LoopCond', [g.node('Less', [index, bring(count, int.T)], int)]);
  const [indexWay, sumWay] = [g.node('Switch', [index, goOn], int), g.node('Switch', [sum, goOn], float)];
  const inside = {
    index: g.node('Identity', [g.at(indexWay, 1)], int),
    sum: g.node('Identity', [g.at(sumWay, 1)], float),
  };

  const known = new Map<Output, Output>();
  const constant = (outside: Output, type: Attribute): Output => {
    const brought = known.get(outside) ?? bring(outside, type);
    known.set(outside, brought);
    return brought;
  };
  const { add, updates } = body({
    ...g,
    index: inside.index,
    bring,
    float: (value) => constant(g.float(value), float.T),
    int: (value) => constant(g.int(value), int.T),
  });
  const one = constant(g.int(1), int.T);
  g.node('NextIteration', [g.node('AddV2', [inside.index, one], int, updates)], int, [], next.index);
  g.node('NextIteration', [g.node('AddV2', [inside.sum, add], float)], float, [], next.sum);
  return g.node('Exit', [sumWay], float);
}

function frameOf(frame: string, constant: boolean): Readonly<Record<string, Attribute>> {
  return { frame_name: { text: frame }, is_constant: { bool: constant }, parallel_iterations: { int: 1 } };
}
