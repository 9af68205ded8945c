import type { ModelArtifact, ReportTable } from '../../family.ts';
import { readNetwork, type Layer } from './model.ts';

/** What it is made of and how its training ended. */
export function networkReport(artifact: ModelArtifact): readonly ReportTable[] {
  const { spec, layers, embeddings, wide } = readNetwork(artifact);
  const { epochs, best, validationLoss } = spec.training;
  const last = layers.length;
  const outputs = layers.at(-1)?.outputs ?? 1;
  const parameters =
    parameterCount(layers) +
    (wide?.length ?? 0) +
    embeddings.reduce((total, vectors) => total + vectors.length, 0);
  return [
    ...categoryTables(artifact),
    {
      title: 'Layers',
      columns: ['layer', 'inputs', 'units', 'activation', 'parameters', 'root mean square weight'],
      rows: [
        ...layers.map((layer, i) => [
          i + 1 === last ? 'output' : `hidden ${i + 1}`,
          layer.inputs,
          layer.outputs,
          i + 1 === last ? spec.link : spec.activation,
          parameterCount([layer]),
          rootMeanSquare(layer.weights),
        ]),
        ...(wide
          ? [['wide', wide.length / outputs, outputs, 'none', wide.length, rootMeanSquare(wide)]]
          : []),
      ],
      notes: [
        `${parameters} parameters, learned from ${spec.rows} rows`,
        ...(wide ? ['wide: a weighted sum of all features that is added to the output'] : []),
      ],
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

/** The categories that are vectors. */
function categoryTables(artifact: ModelArtifact): ReportTable[] {
  const { spec, embeddings } = readNetwork(artifact);
  if (embeddings.length === 0) return [];
  let feature = 0;
  let category = 0;
  const rows = spec.blocks.flatMap((block) => {
    const name = artifact.features[feature] ?? '';
    feature += block.kind === 'codes' ? 1 : block.size;
    if (block.kind !== 'codes') return [];
    const vectors = embeddings[category++] ?? new Float32Array();
    return [[name, block.size, block.vector, vectors.length, rootMeanSquare(vectors)]];
  });
  return [
    {
      title: 'Vectors of categories',
      columns: ['category', 'levels', 'length', 'parameters', 'root mean square'],
      rows,
      notes: ['each has one vector more, for levels that training never saw'],
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
