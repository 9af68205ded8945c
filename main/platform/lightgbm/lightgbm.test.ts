import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { openLightgbm } from './engine.ts';
import type { TreeColumn } from './rows.ts';
import { noLightgbm } from './testing.ts';

const quiet = async (): Promise<void> => undefined;
const parameters = {
  num_threads: 1,
  deterministic: true,
  force_row_wise: true,
  verbosity: -1,
  objective: 'regression',
  metric: 'l2',
};

/** Rows x columns beyond what is trained in this thread. */
function manyRows(): { rows: number; columns: TreeColumn[] } {
  const random = createRandom(1);
  const rows = 1_100_000;
  const values = Float64Array.from({ length: rows }, () => random.uniform());
  return {
    rows,
    columns: Array.from({ length: 20 }, (_, k) => ({
      kind: 'number',
      values: values.map((v) => (v * (k + 1)) % 1),
    })),
  };
}

describe.skipIf(noLightgbm !== undefined)('LightGBM', () => {
  it('gives up a long iteration at once, and frees what it used after it', async () => {
    const engine = await openLightgbm();
    const table = manyRows();
    const dataset = await engine.createDataset(table, parameters, quiet);
    dataset.setLabel(Float32Array.from({ length: table.rows }, (_, i) => i % 7));
    const booster = engine.createBooster(dataset, undefined, parameters, 20);
    const controller = new AbortController();
    const work = booster.update(controller.signal);
    controller.abort();
    await expect(work).rejects.toThrow('cancelled');
    booster.dispose();
    await booster.idle();
    dataset.dispose();
  });

  it('stops between blocks of rows', async () => {
    const engine = await openLightgbm();
    let turns = 0;
    const stop = async (): Promise<void> => {
      if (++turns > 30) throw new Error('enough');
    };
    await expect(engine.createDataset(manyRows(), parameters, stop)).rejects.toThrow('enough');
    expect(turns).toBe(31);
  });

  it('says in its own words what it refuses', async () => {
    const engine = await openLightgbm();
    const columns: TreeColumn[] = [{ kind: 'number', values: Float64Array.of(1, 2, 3) }];
    const dataset = await engine.createDataset({ rows: 3, columns }, parameters, quiet);
    dataset.setLabel(Float32Array.of(1, -2, 3));
    const wrong = { ...parameters, objective: 'gamma' };
    expect(() => engine.createBooster(dataset, undefined, wrong, 1)).toThrow(
      /LightGBM stopped with: .*gamma/,
    );
    dataset.dispose();
  });
});
