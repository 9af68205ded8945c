import type { OutputOf } from '../../api/methods.ts';
import { useFollowed } from '../../api/jobs.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { Seal } from '../../ui/state/seal.tsx';
import { reproducedSeals, statusSeals } from '../../ui/state/verdicts.ts';
import { formatDuration } from '../../ui/text/format.ts';
import { Moment } from '../../ui/text/moment.tsx';
import { Num } from '../../ui/text/num.tsx';
import { metricShort, metricWords } from './headline.ts';
import type { RunLine } from './run-windows.ts';
import { words as holdout } from './holdout-words.ts';
import { words } from './words.ts';
import { words as many } from './many-words.ts';

export type KnownColumn = OutputOf<'runs.columns'>['columns'][number];

/** Where a run is looked at. */
export function pathOfRun({ id, origin }: Pick<RunLine, 'id' | 'origin'>): string {
  return origin === 'mlflow' ? pathOf('runs', 'imported', id) : pathOf('runs', id);
}

/** The usual columns of these runs: what a metric is not there for is left out. */
export function usualColumns(known: readonly KnownColumn[]): readonly string[] {
  const filled = new Set(known.filter((column) => column.filled > 0).map(({ id }) => id));
  const several = filled.has('test.r2') && filled.has('test.accuracy') ? 2 : 3;
  const metrics = [
    ['test.mean_absolute_error', 'test.root_mean_squared_error', 'test.r2'],
    ['test.roc_auc', 'test.accuracy', 'test.f1', 'test.log_loss'],
  ].flatMap((ids) => ids.filter((id) => filled.has(id)).slice(0, several));
  const tags = filled.has('tags') ? ['tags'] : [];
  if (filled.has('family')) {
    return [
      'run',
      'status',
      'family',
      'target',
      'data',
      ...metrics,
      ...(filled.has('looks') ? ['looks'] : []),
      ...tags,
      'took',
      'reproduced',
      'models',
      'created',
    ];
  }
  const logged = known.filter(({ id, filled: runs }) => id.startsWith('metric.') && runs > 0).slice(0, 4);
  const read = filled.has('experiment') ? ['experiment', 'name'] : [];
  return ['run', 'status', ...read, ...logged.map(({ id }) => id), ...tags, 'took', 'created'];
}

/** What a column is called in its head, and on hover. */
export function headOf(id: string): { readonly title: string; readonly about: string } {
  const fact = many.facts[id as keyof typeof many.facts] as string | undefined;
  if (fact) {
    const about: Readonly<Record<string, string>> = { looks: holdout.beforeAbout, took: many.tookAbout };
    return { title: fact, about: about[id] ?? fact };
  }
  const [head = '', ...rest] = id.split('.');
  const name = rest.join('.');
  if (head === 'test') return { title: metricShort(name), about: words.onTest(metricWords(name)) };
  if (head === 'train' || head === 'validation')
    return { title: many.onSplit(metricShort(name), words.metric.splits[head]), about: id };
  return ['metric', 'params', 'tag'].includes(head) ? { title: name, about: id } : { title: id, about: id };
}

const widths: Readonly<Record<string, number>> = {
  run: 96, status: 104, family: 80, target: 80, data: 88, took: 76, reproduced: 104, models: 84, created: 92, looks: 60, seed: 60, task: 96, tags: 84,
  experiment: 110, name: 120, note: 160,
}; // prettier-ignore

export function widthOf(id: string, numeric: boolean): number {
  return widths[id] ?? (numeric ? 86 : 120);
}

export function RunCellView({ line, id, cell }: { line: RunLine; id: string; cell: string | number | null }) {
  if (id === 'run') {
    return (
      <a href={`#${pathOfRun(line)}`} className="mono" title={line.id}>
        {line.id}
      </a>
    );
  }
  if (id === 'status') return <RunStatus line={line} />;
  if (id === 'reproduced') {
    return isVerdict(cell) ? (
      <Seal {...reproducedSeals[cell]} />
    ) : (
      <span className="faint">{line.origin === 'mlflow' ? '–' : words.notTried}</span>
    );
  }
  if (cell === null) return <span className="faint">–</span>;
  if (id === 'models') {
    return line.models.map((model) => (
      <a key={model} href={`#${pathOf('models', model)}`} title={model}>
        {model}{' '}
      </a>
    ));
  }
  if (id === 'tags') {
    return line.tags.map((tag) => (
      <span key={tag} className="run-tag">
        {tag}
      </span>
    ));
  }
  if (id === 'created') return <Moment at={String(cell)} />;
  if (id === 'took') return formatDuration(Number(cell));
  return typeof cell === 'number' ? <Num value={cell} /> : <span title={cell}>{cell}</span>;
}

function isVerdict(cell: string | number | null): cell is keyof typeof reproducedSeals {
  return typeof cell === 'string' && Object.hasOwn(reproducedSeals, cell);
}

function RunStatus({ line }: { line: RunLine }) {
  const job = useFollowed((state) => (line.job ? state.jobs[line.job] : undefined));
  if (line.origin === 'mlflow' && line.status === 'done')
    return <Seal tone="plain" label={many.fromMlflow} title={many.readOnly} />;
  const seal = statusSeals[line.status];
  return (
    <Seal
      {...seal}
      label={line.status === 'running' && job ? `${Math.round(job.fraction * 100)} %` : seal.label}
    />
  );
}
