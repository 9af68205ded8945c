import { provisionEngines } from './provision.ts';
import { sayTo } from './progress-line.ts';

/** What is so where an engine is missing. */
const meanwhile: Readonly<Record<string, string>> = {
  tensorflow: ' Networks train on the WebAssembly engine until then, slower.',
  lightgbm: ' Boosted trees and forests cannot be trained until then; their models predict all the same.',
};

/** `npm run engines`; returns the exit code: 0 when every engine is ready. */
export async function engines(): Promise<number> {
  const say = sayTo(process.stderr);
  const results = await provisionEngines(say);
  for (const { id, problem } of results) {
    if (!problem) continue;
    const until = meanwhile[id] ?? '';
    say.line(`${id} is not available: ${problem.message}. To get it: ${problem.remedy}.${until}`);
  }
  return results.some(({ problem }) => problem) ? 1 : 0;
}
