import { expect, onTestFinished, test } from 'vitest';
import { operations } from './operations.ts';
import { discard, inspect, makeTemplate, runVictim } from './trial.ts';

/** Part of the reliability gate: `HOLDFAST_GATE=full` stops at every durable step, otherwise at every seventh. */
const full = process.env['HOLDFAST_GATE'] === 'full';
const stride = full ? 1 : 7;

/** The tests of one kind of process; a file for each, so that they run side by side. */
export function stopAtEachStep(role: 'host' | 'job'): void {
  test.each(operations.filter(({ roles = ['host', 'job'] }) => roles.includes(role)))(
    '$name: stopped at each durable step of its process, it is whole or absent',
    { timeout: 1_800_000 },
    async (operation) => {
      const template = await makeTemplate(operation);
      onTestFinished(() => discard(template.folder));
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
}
