import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readNetwork, type Layer } from './model.ts';

/** What it is made of and how its training ended. */
export function networkReport(artifact: ModelArtifact): readonly ReportTable[] {
  const { spec, layers } = readNetwork(artifact);
  const { epochs, best, validationLoss } = spec.training;
  const last = layers.length;
  return [
    {
      title: 'Layers',
      columns: ['layer', 'inputs', 'units', 'activation', 'parameters', 'root mean square weight'],
      rows: layers.map((layer, i) => [
        i + 1 === last ? 'output' : `hidden ${i + 1}`,
        layer.inputs,
        layer.outputs,
        i + 1 === last ? spec.link : spec.activation,
        parameterCount([layer]),
        rootMeanSquare(layer.weights),
      ]),
      notes: [`${parameterCount(layers)} parameters, learned from ${spec.rows} rows`],
    },
    {
      title: 'Training',
      columns: ['epochs run', 'best epoch', 'its validation loss'],
      rows: [[epochs, best, validationLoss]],
      notes: [
        spec.link === 'identity'
          ? 'losses are mean squared errors of the target in units of its standard deviation'
          : 'losses are mean cross-entropies in nats',
        ...spec.notes,
      ],
    },
  ];
}

function rootMeanSquare(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return Math.sqrt(sum / Math.max(1, values.length));
}

/** How many numbers the network learned. */
function parameterCount(layers: readonly Layer[]): number {
  return layers.reduce((total, { weights, bias }) => total + weights.length + bias.length, 0);
}
