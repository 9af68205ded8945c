import { provisionEngines } from './provision.ts';
import { sayTo } from './progress-line.ts';

/** `npm run engines`; returns the exit code: 0 when every engine is ready. */
export async function engines(): Promise<number> {
  const say = sayTo(process.stderr);
  const results = await provisionEngines(say);
  for (const { id, problem } of results) {
    if (!problem) continue;
    const instead =
      id === 'tensorflow' ? ' Networks train on the WebAssembly engine until then, slower.' : '';
    say.line(`${id} is not available: ${problem.message}. To get it: ${problem.remedy}.${instead}`);
  }
  return results.some(({ problem }) => problem) ? 1 : 0;
}
