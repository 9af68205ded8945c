import { checkBlocks } from '../../blocks.ts';
import type { Design } from '../../../recipes/index.ts';
import type { ModelArtifact } from '../../family.ts';
import { readNeighbours } from './model.ts';
import { createSearch } from './search.ts';

/** Mean amounts or class shares of the nearest rows. */
export function predictNeighbours(artifact: ModelArtifact, design: Design): Float64Array {
  const model = readNeighbours(artifact);
  const { spec, answers, numbers, levels } = model;
  checkBlocks('neighbours', spec.blocks, design);
  const columns = design.blocks.flatMap((block) => (block.kind === 'dense' ? block.columns : []));
  const coded = design.blocks.flatMap((block) => (block.kind === 'dense' ? [] : [block.codes]));
  const classes = artifact.classes.length;
  const out = new Float64Array(design.rows * Math.max(1, classes));
  const point = new Float64Array(numbers);
  const codes = new Int32Array(levels.length);
  const search = createSearch(model);
  for (let row = 0; row < design.rows; row++) {
    for (let d = 0; d < numbers; d++) point[d] = columns[d]![row]!;
    for (let c = 0; c < levels.length; c++) codes[c] = coded[c]![row]!;
    search.find(point, codes);
    const nearest = distanceOf(search.distances[0]!, spec.metric);
    let total = 0;
    for (let k = 0; k < spec.neighbours; k++) {
      const distance = distanceOf(search.distances[k]!, spec.metric);
      // The inverse distance in units of the nearest one's, which also holds at a distance of 0.
      const weight = spec.weights === 'uniform' || distance === nearest ? 1 : nearest / distance;
      const answer = answers[search.rows[k]!]!;
      total += weight;
      if (classes === 0) out[row] = out[row]! + weight * answer;
      else out[row * classes + answer] = out[row * classes + answer]! + weight;
    }
    const width = Math.max(1, classes);
    for (let k = 0; k < width; k++) out[row * width + k] = out[row * width + k]! / total;
  }
  return out;
}

function distanceOf(sum: number, metric: 'euclidean' | 'manhattan'): number {
  return metric === 'euclidean' ? Math.sqrt(sum) : sum;
}
