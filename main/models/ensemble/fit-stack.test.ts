import { expect, test } from 'vitest';
import type { Target } from '../../recipes/index.ts';
import { fitStack, stackPredictions } from './fit-stack.ts';
import fixture from './stack.fixture.json' with { type: 'json' };

const context = { seed: 0, signal: new AbortController().signal, progress: () => undefined };

test.each(fixture.cases)(`a stack is that of ${fixture['made with']}: $classes`, async (example) => {
  const { classes, truth } = example;
  const target: Target =
    classes.length > 0
      ? { task: 'classification', classes, codes: Int32Array.from(truth) }
      : { task: 'regression', values: Float64Array.from(truth) };
  const stack = { said: example.said.map((one) => Float64Array.from(one)), target, rows: truth.length };
  const { artifact } = await fitStack(stack, context);
  const unit = Math.max(...example.stacked.map(Math.abs));
  stackPredictions(artifact, stack).forEach((value, i) => {
    expect(Math.abs(value - example.stacked[i]!) / unit).toBeLessThan(1e-8);
  });
});
