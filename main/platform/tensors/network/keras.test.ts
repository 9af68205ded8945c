import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openNetworkEngine } from '../network-engine.ts';
import { testedEngines } from '../testing.ts';
import type { NetworkRows, NetworkShape } from './network.ts';
import { plainShape } from './testing.ts';

const Numbers = z.array(z.number());
const Named = z.record(z.string(), Numbers);
const Case = z.object({
  name: z.string(),
  shape: z.object({
    dense: z.int(),
    coded: z.int(),
    levels: z.int(),
    embedded: z.array(z.object({ rows: z.int(), size: z.int() })),
    hidden: z.array(z.int()),
    activation: z.enum(['relu', 'tanh']),
    batchNorm: z.boolean(),
    wide: z.boolean(),
    loss: z.enum(['squared', 'sigmoid', 'softmax']),
    outputs: z.int(),
    weighted: z.boolean(),
    l2: z.number(),
    decay: z.number(),
    optimiser: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('sgd') }),
      z.object({ kind: z.literal('momentum'), momentum: z.number() }),
      z.object({ kind: z.literal('adam') }),
    ]),
  }),
  batch: z.int(),
  rate: z.number(),
  orders: z.array(Numbers),
  rows: z.object({
    dense: Numbers,
    codes: Numbers,
    embedded: Numbers,
    target: Numbers,
    weights: Numbers,
  }),
  start: Named,
  learned: Named,
});
const fixture = z
  .object({ versions: z.string(), cases: z.array(Case) })
  .parse(JSON.parse(readFileSync(new URL('keras.fixture.json', import.meta.url), 'utf8')));

const some = { ...plainShape, dense: 1 } satisfies NetworkShape;

describe.each(testedEngines)(`%s learns what Keras does (${fixture.versions})`, (id) => {
  test.each(fixture.cases)('$name', async ({ shape: given, batch, rate, orders, rows, start, learned }) => {
    const shape: NetworkShape = { ...some, ...given };
    const source: NetworkRows = {
      rows: rows.target.length,
      dense: Float32Array.from(rows.dense),
      codes: Int32Array.from(rows.codes),
      embedded: Int32Array.from(rows.embedded),
      target: shape.loss === 'softmax' ? Int32Array.from(rows.target) : Float32Array.from(rows.target),
      weights: Float32Array.from(rows.weights),
    };
    const engine = await openNetworkEngine(id);
    const weights = Object.fromEntries(
      Object.entries(start).map(([name, values]) => [name, Float32Array.from(values)]),
    );
    const trainer = engine.createTrainer(shape, weights, source, source);
    // Keras' momentum takes the rate into its velocity, which is the same where the rate stays.
    const decreasing = (t: number): number => (shape.optimiser.kind === 'momentum' ? rate : rate / t);
    for (const order of orders) await trainer.epoch(Int32Array.from(order), batch, decreasing, () => false);
    const found = trainer.read();
    trainer.dispose();
    expect(Object.keys(found).sort()).toEqual(Object.keys(learned).sort());
    for (const [name, values] of Object.entries(found)) {
      expect(values).toHaveLength(learned[name]?.length ?? 0);
      values.forEach((value, i) => expect(value, `${name}, ${i}`).toBeCloseTo(learned[name]?.[i] ?? NaN, 5));
    }
  });
});
