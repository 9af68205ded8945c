import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import type { GraphColumn } from '../step.ts';
import type { Typed } from './check.ts';
import { graphMachine } from './graph-machine.ts';
import { runExpression } from './run.ts';
import { textMissing, type Value } from './values.ts';

/** `evaluateExpression` as nodes of a graph, for an expression that is not `beyondGraphs`. */
export function expressionNodes(
  graph: OnnxGraph,
  node: Typed,
  columns: readonly GraphColumn[],
  name: string,
): GraphColumn {
  const machine = graphMachine(graph);
  const result = runExpression(node, machine, (wanted): Value<OnnxValue, OnnxValue> => {
    const column = columns.find((one) => one.name === wanted);
    if (column?.kind === 'number') return { kind: 'number', numbers: column.value };
    if (column?.kind !== 'category') throw new Error(`there is no column "${wanted}" to work with`);
    const { text, missing } = column;
    if (missing === null) return { kind: 'text', texts: text };
    return {
      kind: 'text',
      texts: machine.chooseText(textMissing(machine, text), machine.text(missing), text),
    };
  });
  if (result.kind === 'number') return { kind: 'number', name, value: result.numbers };
  return { kind: 'category', name, text: result.texts, missing: null };
}
