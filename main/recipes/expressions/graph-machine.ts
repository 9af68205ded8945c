import type { OnnxGraph, OnnxValue } from '../../platform/onnx/index.ts';
import type { Machine } from './machine.ts';

const toDouble = { to: 11n };
const toBool = { to: 9n };

/** Works expressions out as nodes of a graph: numbers are double, texts string, [N, 1] or [1, 1]. */
export function graphMachine(graph: OnnxGraph): Machine<OnnxValue, OnnxValue> {
  const number = (value: number) => graph.constant({ type: 'double', shape: [1, 1], data: [value] });
  const double = (value: OnnxValue) => graph.node('Cast', [value], toDouble);
  const bool = (mask: OnnxValue) => graph.node('Cast', [mask], toBool);
  return {
    number,
    text: (value) => graph.constant({ type: 'string', shape: [1, 1], data: [value] }),
    arithmetic: (sign, a, b) => graph.node(sign, [a, b]),
    unary: (name, a) => graph.node(name, [a]),
    compare: (sign, a, b) => double(graph.node(sign, [a, b])),
    isNaN: (a) => double(graph.node('IsNaN', [a])),
    choose: (mask, yes, no) => graph.node('Where', [bool(mask), yes, no]),
    chooseText: (mask, yes, no) => graph.node('Where', [bool(mask), yes, no]),
    match: (text, table, other) => {
      const entries = [...table];
      const index = graph.node(
        'LabelEncoder',
        [text],
        {
          keys_strings: entries.map(([key]) => key),
          values_int64s: { ints: entries.map((_, at) => at) },
          default_int64: BigInt(entries.length),
        },
        'ai.onnx.ml',
      );
      const values = [...entries.map(([, value]) => value), other];
      return graph.node('Gather', [
        graph.constant({ type: 'double', shape: [values.length], data: values }),
        index,
      ]);
    },
    free: null,
  };
}
