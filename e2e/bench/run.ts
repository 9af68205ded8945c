import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, totalmem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Line, python } from './measure.ts';

/**
 * `npm run bench [-- NAME...]`: every benchmark of this folder, or those named (`import`, `linear`, ...), one after the other, and one
 * table at the end. `ratio` is Holdfast's time divided by the peer's: below 1 is faster. A peer that isn't there is
 * named, never left out in silence. Peers are found in `HOLDFAST_BENCH_PYTHON=/path/to/python`.
 */
const all = [
  'start',
  'pages',
  'memory',
  'import',
  'versions',
  'dvc',
  'drift',
  'steps',
  'profile',
  'linear',
  'boosting',
  'network',
  'predict',
  'reproduce',
  'table',
  'runs',
];
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !all.includes(name));
if (unknown.length > 0)
  throw new Error(`no benchmark "${unknown.join('", "')}"; there are ${all.join(', ')}`);

const folder = mkdtempSync(join(tmpdir(), 'holdfast-bench-lines-'));
const collected = join(folder, 'lines');
const failed: string[] = [];
for (const name of wanted.length > 0 ? wanted : all) {
  console.log(`\n== ${name}`);
  const done = spawnSync(process.execPath, [join(import.meta.dirname, `${name}.bench.ts`)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, HOLDFAST_BENCH_LINES: collected },
  });
  if (done.status !== 0) failed.push(name);
}
const lines = existsSync(collected)
  ? readFileSync(collected, 'utf8')
      .trimEnd()
      .split('\n')
      .map((text) => Line.parse(JSON.parse(text)))
  : [];
rmSync(folder, { recursive: true, force: true });

const [processor] = cpus();
console.log(
  `\n${cpus().length} x ${processor?.model ?? '?'}, ${Math.round(totalmem() / 2 ** 30)} GB, ${process.platform}; node ${process.versions.node}; peers in ${python}\n`,
);
const table = [
  ['what', 'Holdfast', 'compared with', 'its time', 'ratio', 'goal', 'load'],
  ['---', '---', '---', '---', '---', '---', '---'],
  ...lines.map(row),
];
const widths = (table[0] ?? []).map((_, column) =>
  Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
);
for (const cells of table) {
  const padded = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0, cell === '---' ? '-' : ' '));
  console.log(`| ${padded.join(' | ')} |`);
}
if (failed.length > 0) {
  console.log(`\nFAILED: ${failed.join(', ')}`);
  process.exit(1);
}

function row({ what, holdfast, peer, other, goal, load, unit }: Line): string[] {
  const ratio = holdfast === null || other === null ? undefined : holdfast / other;
  const measured = other === null && holdfast !== null && peer === '' ? holdfast : ratio;
  const met = goal === null || measured === undefined ? '' : measured <= goal ? ', met' : ', MISSED';
  return [
    what,
    amount(holdfast, unit),
    peer || '-',
    amount(other, unit),
    ratio === undefined ? '-' : ratio.toFixed(2),
    goal === null ? '-' : `${goal}${peer === '' ? ` ${unit}` : ''}${met}`,
    load.toFixed(1),
  ];
}

function amount(value: number | null, unit: Line['unit']): string {
  if (unit === 's' || value === null) return time(value);
  return `${value.toFixed(value < 10 ? 2 : 0)} ${unit}`;
}

function time(seconds: number | null): string {
  if (seconds === null) return '-';
  return seconds < 0.1 ? `${(seconds * 1000).toFixed(2)} ms` : `${seconds.toFixed(2)} s`;
}
