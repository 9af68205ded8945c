import { describe, expect, it } from 'vitest';
import { createOnnxGraph, runOnnx } from '../../platform/onnx/index.ts';
import { createRandom } from '../../platform/random.ts';
import type { Design } from '../../recipes/index.ts';
import { familyById } from '../families/index.ts';
import { fitFamily } from '../families/testing.ts';

/** Splits by levels become chains of nodes that share children: a runtime that reads them otherwise must be noticed. */
describe.each([2, 4, 8, 12, 40, 200])('a category of %i levels', (levels) => {
  it.each([2, 3, 4])('predicts %i classes in the graph as in here', async (classes) => {
    const random = createRandom(levels);
    const rows = 60 * classes + 10 * levels;
    const codes = Int32Array.from({ length: rows }, () => random.integer(levels + 1) - 1);
    const answer = codes.map((code) => {
      const noisy = (((code * 7) % 5) * classes) / 5 + random.normal() / 3;
      return Math.min(classes - 1, Math.max(0, Math.floor(noisy)));
    });
    const names = Array.from({ length: levels }, (_, i) => `level ${i}`);
    const design: Design = {
      rows,
      width: 1,
      blocks: [{ kind: 'codes', name: 'kind', levels: names, codes }],
    };
    const family = familyById('tree');
    const labels = ['a', 'b', 'c', 'd'].slice(0, classes);
    const { artifact } = await fitFamily(
      family,
      { design, target: { task: 'classification', classes: labels, codes: answer } },
      { ccp_alpha: 0, min_samples_leaf: 1, min_samples_split: 2 },
    );
    const graph = createOnnxGraph('levels');
    const input = graph.input('kind', 'int64');
    const outputs = family.onnx(artifact, graph, [
      { kind: 'codes', name: 'kind', levels: names, codes: input },
    ]);
    outputs.forEach((value, k) => graph.output(`out ${k}`, value, 'double'));
    const found = await runOnnx(graph.finish(), { kind: BigInt64Array.from(codes, BigInt) });
    const native = family.predict(artifact, design);
    for (let k = 0; k < classes; k++) {
      const column = found[`out ${k}`]?.data ?? [];
      const worst = codes.reduce(
        (most, _, row) => Math.max(most, Math.abs(Number(column[row]) - native[row * classes + k]!)),
        0,
      );
      expect(worst).toBeLessThan(1e-9);
    }
  });
});
