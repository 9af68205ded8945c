import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenStale } from '../main/hosts/page-build.ts';

/**
 * `npm test`: unit, contract, conformance, host and security tests, then the journeys in a real browser. What can't run
 * here is named at the end, never passed over in silence.
 */
interface Outcome {
  readonly name: string;
  readonly state: 'passed' | 'FAILED' | 'NOT RUN';
  readonly detail: string;
  readonly passed: number;
  readonly failed: number;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const journeys = join(import.meta.dirname, 'playwright.config.ts');
const reports = join(root, 'out', 'reports');
const strict = process.env['HOLDFAST_STRICT'] === '1';

mkdirSync(reports, { recursive: true });

const outcomes = [await runUnits(), await runJourneys()];
console.log('\nSummary');
for (const { name, state, detail } of outcomes)
  console.log(`  ${name.padEnd(10)} ${state.padEnd(8)} ${detail}`);
const total = outcomes.reduce<Counts>(
  (sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }),
  { passed: 0, failed: 0 },
);
writeFileSync(join(root, 'out', 'tests.json'), `${JSON.stringify(total)}\n`);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 || outcomes.some(({ state }) => state === 'FAILED') ? 1 : 0);

async function runUnits(): Promise<Outcome> {
  const report = fresh('tests.json');
  const args = [
    'run',
    '--config',
    join(import.meta.dirname, 'vitest.config.ts'),
    '--reporter=default',
    '--reporter=json',
  ];
  const code = await run(join(modules, 'vitest', 'vitest.mjs'), [
    ...args,
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ]);
  return outcome('tests', code, report, (text) => {
    const { numPassedTests, numFailedTests } = JSON.parse(text) as {
      numPassedTests: number;
      numFailedTests: number;
    };
    return { passed: numPassedTests, failed: numFailedTests };
  });
}

async function runJourneys(): Promise<Outcome> {
  const name = 'journeys';
  if (!existsSync(journeys)) return notRun(name, 'e2e/playwright.config.ts is not there');
  const chromium = findChromium();
  if (!chromium) {
    return notRun(name, 'no Chromium here; `apt-get install -y chromium`, or say CHROMIUM=/path/to/it');
  }
  if (!(await buildWhenStale((text) => console.log(text)))) {
    return { name, state: 'FAILED', detail: 'the page could not be built', passed: 0, failed: 1 };
  }
  const program = join(modules, 'playwright', 'cli.js');
  const report = fresh('journeys.json');
  const args = ['test', '--config', journeys, '--reporter=list,json'];
  const code = await run(program, args, { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return outcome(name, code, report, (text) => {
    const { stats } = JSON.parse(text) as { stats: { expected: number; flaky: number; unexpected: number } };
    return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
  });
}

function findChromium(): string | undefined {
  const named = process.env['CHROMIUM'];
  const usual = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return [...(named ? [named] : []), ...usual.map((program) => `/usr/bin/${program}`)].find(existsSync);
}

function fresh(name: string): string {
  const report = join(reports, name);
  rmSync(report, { force: true });
  return report;
}

/** On a machine that promises everything (HOLDFAST_STRICT=1, the check of a clean clone) what did not run has failed. */
function notRun(name: string, detail: string): Outcome {
  return { name, state: strict ? 'FAILED' : 'NOT RUN', detail, passed: 0, failed: strict ? 1 : 0 };
}

function outcome(name: string, code: number, report: string, count: (text: string) => Counts): Outcome {
  if (!existsSync(report))
    return { name, state: 'FAILED', detail: `exit code ${code}, no report`, passed: 0, failed: 1 };
  const { passed, failed } = count(readFileSync(report, 'utf8'));
  const detail = `${passed} passed, ${failed} failed`;
  return code === 0
    ? { name, state: 'passed', detail, passed, failed }
    : { name, state: 'FAILED', detail: `${detail}, exit code ${code}`, passed, failed: Math.max(1, failed) };
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
