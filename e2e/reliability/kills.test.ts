import { afterAll, expect, test } from 'vitest';
import { createRandom } from '../../main/platform/random.ts';
import { operations, type Operation } from './operations.ts';
import { discard, inspect, makeTemplate, runVictim, type Template } from './trial.ts';

/** Part of the reliability gate: `HOLDFAST_GATE=full` kills the process group 300 times at random moments, otherwise 12 times. */
const kills = process.env['HOLDFAST_GATE'] === 'full' ? 300 : 12;
const seed = Number(process.env['HOLDFAST_GATE_SEED'] ?? 20261123);

const templates = new Map<string, Promise<Template>>();
const templateOf = (operation: Operation): Promise<Template> => {
  const made = templates.get(operation.name) ?? makeTemplate(operation);
  templates.set(operation.name, made);
  return made;
};

afterAll(async () => {
  for (const template of templates.values()) discard((await template).folder);
});

test(`${kills} random kills lose nothing`, { timeout: 3_600_000 }, async () => {
  const random = createRandom(seed);
  const failures: string[] = [];
  const durations = new Map<string, number>();
  let hit = 0;
  for (let i = 0; i < kills; i++) {
    const operation = operations[i % operations.length];
    if (!operation) throw new Error('no operations');
    const template = await templateOf(operation);
    let duration = durations.get(operation.name);
    if (duration === undefined) {
      const { place, ending } = await runVictim(operation, template, {});
      if (ending.stderr) throw new Error(`${operation.name} alone: ${ending.stderr}`);
      duration = ending.milliseconds;
      durations.set(operation.name, duration);
      discard(place.folder);
    }
    const killAfter = random.uniform() * duration;
    const { place, ending } = await runVictim(operation, template, { killAfter });
    if (!ending.survived) hit++;
    const wrong = await inspect(operation, template, place);
    failures.push(
      ...wrong.map(
        (words) => `kill ${i} (seed ${seed}, ${operation.name} after ${killAfter.toFixed(0)} ms): ${words}`,
      ),
    );
    discard(place.folder);
  }
  expect(failures).toEqual([]);
  expect(hit).toBeGreaterThan(kills / 2);
  console.log(`${hit} of ${kills} kills hit a running operation`);
});
