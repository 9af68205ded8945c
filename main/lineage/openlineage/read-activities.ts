import { recipeYaml, ResolvedRecipe } from '../../recipes/index.ts';
import type { RunRow } from '../../training/index.ts';
import type { Records } from '../store.ts';
import type { Activity } from './activities.ts';
import type { FacetMaker } from './facets.ts';
import type { Things } from './things.ts';

interface Source {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
}

/** Imports, one by one: the file in, the snapshot out. */
export async function* readImports(
  records: Records,
  things: Things,
  facet: FacetMaker,
): AsyncGenerator<Activity> {
  interface Row {
    dataset: string;
    version: number;
    snapshot: string;
    created: string;
    source: string;
    options: string;
    rejected: number;
  }
  for (const row of records.all<Row>('versions')) {
    const source = JSON.parse(row.source) as Source | null;
    yield {
      node: `snapshot:${row.snapshot}`,
      key: `import ${row.dataset}@${row.version}`,
      job: `import.${row.dataset}`,
      type: 'IMPORT',
      started: row.created,
      ended: { at: row.created, how: 'COMPLETE' },
      jobFacets: {},
      runFacets: parameters(facet, { options: row.options, rejected: row.rejected, version: row.version }),
      inputs: source ? [things.file(source, await things.fieldsOf(row.snapshot))] : [],
      outputs: [await things.snapshot(row.dataset, row.snapshot)],
    };
  }
}

const ends: Readonly<Record<string, 'COMPLETE' | 'FAIL' | 'ABORT'>> = {
  done: 'COMPLETE',
  failed: 'FAIL',
  cancelled: 'ABORT',
  interrupted: 'ABORT',
};

/** Training runs with the recipe as their source code, and the verdicts on them. */
export async function* readRuns(
  records: Records,
  things: Things,
  facet: FacetMaker,
): AsyncGenerator<Activity> {
  const recipes = new Map(
    records.all<{ hash: string; body: string }>('recipes').map(({ hash, body }) => [hash, body]),
  );
  const runs = new Map(records.all<RunRow>('runs').map((row) => [row.id, row]));
  const before = runsBefore(records);
  for (const row of runs.values()) {
    const models = (before.get(row.id) ?? []).flatMap((id) => runs.get(id) ?? []);
    yield await training(row, { recipe: recipes.get(row.recipe), models }, things, facet);
  }
  interface Verdict {
    id: string;
    kind: string;
    subject: string;
    outcome: string;
    at: string;
  }
  for (const { id, kind, subject, outcome, at } of records.all<Verdict>('verdicts')) {
    const run = runs.get(subject);
    if (!run) continue;
    const passed =
      kind === 'reproduce' ? outcome !== 'not-reproduced' : !/^(fail|not-|refused)/.test(outcome);
    yield {
      node: `verdict:${id}`,
      key: `verdict ${id}`,
      job: `${kind}.${run.dataset}.${run.target}.${run.family}`,
      type: 'VERDICT',
      started: at,
      ended: { at, how: 'COMPLETE' },
      jobFacets: {},
      runFacets: facet('test', {
        tests: [{ name: kind, status: passed ? 'pass' : 'fail', type: kind, actual: outcome }],
      }),
      inputs: [await things.snapshot(run.dataset, run.snapshot), things.trained(run)],
      outputs: [],
    };
  }
}

/** The runs whose models went into a run: those it combines, and the one it was edited from. */
function runsBefore(records: Records): Map<string, string[]> {
  const members = records.all<{ run: string; member: string }>('run_members');
  const edits = records.all<{ run: string; parent: string }>('run_edits');
  const all = [...members, ...edits.map(({ run, parent }) => ({ run, member: parent }))];
  return new Map(
    [...Map.groupBy(all, ({ run }) => run)].map(([run, of]) => [run, of.map(({ member }) => member)]),
  );
}

async function training(
  row: RunRow,
  { recipe, models }: { readonly recipe: string | undefined; readonly models: readonly RunRow[] },
  things: Things,
  facet: FacetMaker,
): Promise<Activity> {
  const engine =
    row.engine === null ? null : (JSON.parse(row.engine) as { id: string; version: string; detail: string });
  const how = ends[row.status];
  const error = row.error === null ? null : (JSON.parse(row.error) as { message: string });
  return {
    node: `run:${row.id}`,
    key: `run ${row.id}`,
    job: `train.${row.dataset}.${row.target}.${row.family}`,
    type: 'TRAINING',
    started: row.created,
    ended: how ? { at: row.finished ?? row.created, how } : null,
    jobFacets:
      recipe === undefined
        ? {}
        : facet('sourceCode', {
            language: 'yaml',
            sourceCode: recipeYaml(ResolvedRecipe.parse(JSON.parse(recipe))),
          }),
    runFacets: {
      ...(engine ? facet('processing_engine', { name: engine.id, version: engine.version }) : {}),
      ...parameters(facet, { seed: row.seed, family: row.family, task: row.task, target: row.target }),
      ...(error ? facet('errorMessage', { message: error.message, programmingLanguage: 'TypeScript' }) : {}),
      ...facet('holdfast', {
        run: row.id,
        rows: { dataset: `${row.dataset}@${row.version}`, snapshot: row.snapshot, split: row.split },
        steps: { recipe: row.recipe, pipeline: row.pipeline },
        code: row.code,
        engine,
        model: row.model,
      }),
    },
    inputs: [
      ...(await Promise.all(
        [{ dataset: row.dataset, snapshot: row.snapshot }, ...joinsOf(recipe)].map(({ dataset, snapshot }) =>
          things.snapshot(dataset, snapshot),
        ),
      )),
      ...models.map((model) => things.trained(model)),
    ],
    outputs: row.model === null ? [] : [things.trained(row)],
  };
}

/** The snapshots that a recipe took columns from, by the name of their dataset. */
function joinsOf(recipe: string | undefined): { dataset: string; snapshot: string }[] {
  const { join = [] } = recipe === undefined ? {} : ResolvedRecipe.parse(JSON.parse(recipe));
  return join.map(({ dataset, snapshot }) => ({ dataset: dataset.replace(/@\d+$/, ''), snapshot }));
}

/** What became of models: entered, bundled, sent, used. */
export function* readModelLife(records: Records, things: Things, namespace: string): Generator<Activity> {
  const runs = new Map(records.all<RunRow>('runs').map((row) => [row.id, row]));
  interface Version {
    model: string;
    version: number;
    run: string;
    created: string;
  }
  const versions = records.all<Version>('model_versions');
  const fields = new Map(
    versions.map(({ model, version, run }) => {
      const { target, task } = runs.get(run) ?? { target: 'prediction', task: '' };
      return [`${model}@${version}`, { name: target, type: task }];
    }),
  );
  const modelOf = (model: string, version: number) =>
    things.model(model, version, fields.get(`${model}@${version}`) ?? { name: 'prediction' });
  for (const { model, version, run, created } of versions) {
    const trained = runs.get(run);
    yield {
      ...done(
        `model:${model}@${version}`,
        `register ${model}@${version}`,
        `register.${model}`,
        'REGISTER',
        created,
      ),
      inputs: trained ? [things.trained(trained)] : [],
      outputs: [modelOf(model, version)],
    };
  }
  interface Bundle {
    id: string;
    digest: string;
    model: string;
    version: number;
    direction: string;
    at: string;
  }
  for (const { id, digest, model, version, direction, at } of records.all<Bundle>('bundles')) {
    const [from, to] = [modelOf(model, version), things.bundle(digest, model, namespace)];
    const pulled = direction === 'pull';
    yield {
      ...done(`bundle:${digest}`, `bundle ${id}`, `${pulled ? 'open' : 'export'}.${model}`, 'BUNDLE', at),
      inputs: [pulled ? to : from],
      outputs: [pulled ? from : to],
    };
  }
  interface Transfer extends Bundle {
    remote: string;
    bundle: string;
  }
  for (const { id, bundle, model, direction, remote, at } of records.all<Transfer>('transfers')) {
    const [ours, theirs] = [things.bundle(bundle, model, namespace), things.bundle(bundle, model, remote)];
    yield {
      ...done(`bundle:${bundle}`, `transfer ${id}`, `${direction}.${model}`, 'TRANSFER', at),
      inputs: [direction === 'pull' ? theirs : ours],
      outputs: [direction === 'pull' ? ours : theirs],
    };
  }
  interface Prediction {
    id: string;
    model: string;
    version: number;
    source: string;
    rows: number;
    sha256: string;
    at: string;
  }
  for (const row of records.all<Prediction>('predictions')) {
    const { id, model, version, at } = row;
    const field = fields.get(`${model}@${version}`) ?? { name: 'prediction' };
    yield {
      ...done(`prediction:${id}`, `prediction ${id}`, `predict.${model}`, 'PREDICTION', at),
      inputs: [modelOf(model, version), things.file(JSON.parse(row.source) as Source)],
      outputs: [things.predictions(row, field)],
    };
  }
}

function parameters(facet: FacetMaker, values: Readonly<Record<string, string | number>>) {
  return facet('executionParameters', {
    parameters: Object.entries(values).map(([key, value]) => ({ key, value: String(value) })),
  });
}

/** What was done in one moment. */
function done(node: string, key: string, job: string, type: string, at: string) {
  return {
    node,
    key,
    job,
    type,
    started: at,
    ended: { at, how: 'COMPLETE' as const },
    jobFacets: {},
    runFacets: {},
  };
}
