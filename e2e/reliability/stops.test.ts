import { afterAll, describe, expect, test } from 'vitest';
import { operations, type Operation } from './operations.ts';
import { discard, inspect, makeTemplate, runVictim, type Template } from './trial.ts';

/** Part of the reliability gate: `HOLDFAST_GATE=full` stops at every durable step, otherwise at every seventh. */
const full = process.env['HOLDFAST_GATE'] === 'full';
const stride = full ? 1 : 7;

const templates = new Map<string, Promise<Template>>();
const templateOf = (operation: Operation): Promise<Template> => {
  const made = templates.get(operation.name) ?? makeTemplate(operation);
  templates.set(operation.name, made);
  return made;
};

afterAll(async () => {
  for (const template of templates.values()) discard((await template).folder);
});

describe.each(operations)('$name', (operation) => {
  test.each(operation.roles ?? ['host', 'job'])(
    'stopped at each durable step of its %s process, it is whole or absent',
    { timeout: 1_800_000 },
    async (role) => {
      const template = await templateOf(operation);
      const failures: string[] = [];
      let stopped = 0;
      for (let step = 1; ; step += stride) {
        const { place, ending } = await runVictim(operation, template, {
          environment: { HOLDFAST_STOP_AT: `${role}:${step}` },
        });
        if (ending.survived) {
          discard(place.folder);
          break;
        }
        stopped++;
        const wrong = await inspect(operation, template, place);
        failures.push(...wrong.map((words) => `stopped at ${role} step ${step}: ${words}`));
        discard(place.folder);
        if (step > 2000) throw new Error('the operation never came to its end');
      }
      expect(failures).toEqual([]);
      expect(stopped).toBeGreaterThan(0);
      console.log(`${operation.name}: stopped at ${stopped} ${role} steps`);
    },
  );
});
