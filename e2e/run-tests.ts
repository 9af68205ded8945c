import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { buildWhenStale } from '../main/hosts/page-build.ts';

/**
 * `npm test`: unit, contract, conformance, host and security tests, then the journeys in a real browser. What can't run
 * here is named at the end, never passed over in silence.
 */
interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What a missing tool keeps from running here; the lines above the summary name each. */
  readonly skipped: number;
  /** The names of those that failed. */
  readonly failures: readonly string[];
}

interface Outcome extends Counts {
  readonly name: string;
  readonly state: 'passed' | 'FAILED' | 'NOT RUN';
  readonly detail: string;
}

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const journeys = join(import.meta.dirname, 'playwright.config.ts');
const reports = join(root, 'out', 'reports');
const strict = process.env['HOLDFAST_STRICT'] === '1';

const oneFailed: Counts = { passed: 0, failed: 1, skipped: 0, failures: [] };

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly { readonly file: string; readonly title: string; readonly ok: boolean }[];
}

interface PlaywrightReport extends PlaywrightSuite {
  readonly stats: { expected: number; flaky: number; unexpected: number; skipped: number };
}

mkdirSync(reports, { recursive: true });

// Built first: the tests of the page's size look at it, the journeys open it.
const built = await buildWhenStale((text) => console.log(text));
const outcomes = [await runUnits(), await runJourneys()];
console.log('\nSummary');
for (const { name, state, detail, failures } of outcomes) {
  console.log(`  ${name.padEnd(10)} ${state.padEnd(8)} ${detail}`);
  for (const failure of failures) console.log(`    failed: ${failure}`);
}
const total = outcomes.reduce<Counts>(
  (sum, { passed, failed, skipped, failures }) => ({
    passed: sum.passed + passed,
    failed: sum.failed + failed,
    skipped: sum.skipped + skipped,
    failures: [...sum.failures, ...failures],
  }),
  { passed: 0, failed: 0, skipped: 0, failures: [] },
);
writeFileSync(join(root, 'out', 'tests.json'), `${JSON.stringify(total)}\n`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
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
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(text) as VitestReport;
    const failures = testResults.flatMap(({ name, status, assertionResults }) => {
      const file = relative(root, name);
      const failed = assertionResults.filter((one) => one.status === 'failed');
      // A file that could not be loaded has failed without a test of its own.
      return status === 'failed' && !failed.length
        ? [file]
        : failed.map(({ fullName }) => `${file} > ${fullName}`);
    });
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests, failures };
  });
}

async function runJourneys(): Promise<Outcome> {
  const name = 'journeys';
  if (!existsSync(journeys)) return notRun(name, 'e2e/playwright.config.ts is not there');
  const chromium = findChromium();
  if (!chromium) {
    return notRun(name, 'no Chromium here; `apt-get install -y chromium`, or say CHROMIUM=/path/to/it');
  }
  if (!built) return { name, state: 'FAILED', detail: 'the page could not be built', ...oneFailed };
  const program = join(modules, 'playwright', 'cli.js');
  const report = fresh('journeys.json');
  const args = ['test', '--config', journeys, '--reporter=list,json'];
  const code = await run(program, args, { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report });
  return outcome(name, code, report, (text) => {
    const { stats, suites = [] } = JSON.parse(text) as PlaywrightReport;
    const failures = suites
      .flatMap(specsOf)
      .filter(({ ok }) => !ok)
      .map(({ file, title }) => `e2e/journeys/${file} > ${title}`);
    return {
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures,
    };
  });
}

function specsOf({ specs, suites = [] }: PlaywrightSuite): PlaywrightSuite['specs'] {
  return [...specs, ...suites.flatMap(specsOf)];
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
  return {
    name,
    state: strict ? 'FAILED' : 'NOT RUN',
    detail,
    passed: 0,
    failed: strict ? 1 : 0,
    skipped: strict ? 0 : 1,
    failures: [],
  };
}

function outcome(name: string, code: number, report: string, count: (text: string) => Counts): Outcome {
  if (!existsSync(report))
    return { name, state: 'FAILED', detail: `exit code ${code}, no report`, ...oneFailed };
  const counts = count(readFileSync(report, 'utf8'));
  const { passed, failed, skipped } = counts;
  const detail = `${passed} passed, ${failed} failed, ${skipped} skipped`;
  return code === 0
    ? { name, state: 'passed', detail, ...counts }
    : {
        name,
        state: 'FAILED',
        detail: `${detail}, exit code ${code}`,
        ...counts,
        failed: Math.max(1, failed),
      };
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
    // The tests start Holdfast some two thousand times: with what Node has compiled kept, each start takes half the time.
    env: { NODE_COMPILE_CACHE: join(root, 'out', 'compiled'), ...process.env, ...env },
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
