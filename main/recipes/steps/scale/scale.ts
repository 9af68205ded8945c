import * as z from 'zod';
import { moments, selectQuantile } from '../../../math/index.ts';
import { knownValues } from '../../columns.ts';
import { defineStep, type GraphColumn } from '../../step.ts';
import { numberColumn } from '../../step-columns.ts';

const params = z.object({
  method: z.enum(['standard', 'min-max', 'robust']).default('standard').meta({
    title: 'Method',
    description: 'standard: mean 0, deviation 1; min-max: 0 to 1; robust: median 0, middle half 1 wide',
  }),
});

const state = z.array(z.object({ center: z.number(), scale: z.number() }));

/** `(value - center) / scale`. A column that does not vary gets scale 1. Missing stays missing. */
export const scale = defineStep({
  id: 'scale',
  version: 1,
  title: 'Scale',
  doc: 'Brings numbers to a common scale learned from training rows. A constant column becomes 0.',
  selects: 'numbers',
  params,
  state,
  fit: (columns, chosen, place) =>
    columns.map((column) => methods[chosen.method](knownValues(numberColumn(column, 'scale', place)))),
  apply: (columns, fitted, place) =>
    columns.map((column, i) => {
      const { center, scale: width } = fitted[i] ?? { center: 0, scale: 1 };
      const { values: from } = numberColumn(column, 'scale', place);
      const values = new Float64Array(from.length);
      for (let row = 0; row < from.length; row++) values[row] = ((from[row] ?? NaN) - center) / width;
      return [{ kind: 'number', name: column.name, values }];
    }),
  onnx: (graph, columns, fitted) =>
    columns.map((column, i): GraphColumn[] => {
      if (column.kind !== 'number') return [column];
      const { center, scale: width } = fitted[i] ?? { center: 0, scale: 1 };
      const constant = (value: number) => graph.constant({ type: 'double', shape: [1, 1], data: [value] });
      const centered = graph.node('Sub', [column.value, constant(center)]);
      return [{ ...column, value: graph.node('Div', [centered, constant(width)]) }];
    }),
});

interface Scaling {
  readonly center: number;
  readonly scale: number;
}

const methods = { standard, 'min-max': minMax, robust } satisfies Record<
  string,
  (values: Float64Array) => Scaling
>;

/** Mean and population deviation; a column that varies by rounding error alone counts as constant. */
function standard(values: Float64Array): Scaling {
  const { mean, deviation } = moments(values);
  return { center: mean, scale: deviation || 1 };
}

function minMax(values: Float64Array): Scaling {
  if (values.length === 0) return { center: 0, scale: 1 };
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { center: low, scale: widthOf(high - low) };
}

function robust(values: Float64Array): Scaling {
  if (values.length === 0) return { center: 0, scale: 1 };
  const center = selectQuantile(values, 0.5);
  return { center, scale: widthOf(selectQuantile(values, 0.75) - selectQuantile(values, 0.25)) };
}

/** scikit-learn's rule: a width below ten times the rounding error of 1 counts as none. */
function widthOf(width: number): number {
  return width < 10 * Number.EPSILON ? 1 : width;
}
