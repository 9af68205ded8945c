import { recipeHash, ResolvedRecipe } from '../../../recipes/index.ts';
import { planOf } from '../../../training/index.ts';
import { bundleFile, type BundleContent } from '../../content.ts';
import { defineFormat } from '../../format.ts';
import { escapeMarkdown, markdownTable } from './markdown.ts';

/** `MODEL_CARD.md`: for people, what the model is, what it learned from, how good it was, and how to check that. */
export const card = defineFormat({
  id: 'card',
  title: 'Model card',
  files: (content) => [bundleFile('MODEL_CARD.md', modelCard(content))],
});

function modelCard(content: BundleContent): string {
  const { record } = content;
  const { model, run } = record;
  const words = escapeMarkdown;
  return `${[
    `# ${words(`${model.name} ${model.version}`)}`,
    `${/^[aeiou]/.test(run.family) ? 'An' : 'A'} ${words(run.family)} model (${run.task}) that predicts **${words(run.target)}**. Registered ${day(model.created)} by ${words(model.by)}.`,
    ...(model.notes === '' ? [] : [words(model.notes)]),
    '## How good it was',
    metrics(content),
    testWords(run.metrics),
    'The model was chosen and judged on rows it did not learn from: `validation` and `test`. The figures say how it did on those rows, not how it will do on others.',
    ...notes(run.notes),
    '## What it learned from',
    data(content),
    '## What goes in and comes out',
    markdownTable(
      ['column', 'type', 'missing is'],
      content.graph.inputs.map(({ name, type }) => [name, type, type === 'string' ? 'an empty text' : 'NaN']),
    ),
    `Dates are days since 1970-01-01 (UTC), yes and no are 1 and 0. Out come ${content.graph.outputs
      .map(({ name }) => words(name))
      .join(', ')}.`,
    ...inside(content),
    '## How it was made',
    markdownTable(['what', 'value'], making(content)),
    'The recipe is in `recipe.yaml`, the fitted steps in `steps.json`, the exact rows in `data-manifest.json`, all records in `lineage.json`.',
    '## How to check it',
    checks(content),
  ].join('\n\n')}\n`;
}

const day = (instant: string): string => instant.slice(0, 10);

function metrics({ record }: BundleContent): string {
  const { train, validation, test, folds, deviation } = record.run.metrics;
  const spread = (name: string): string =>
    typeof deviation?.[name] === 'number' ? ` ± ${cell(deviation[name])}` : '';
  const names = [...new Set([train, validation, test].flatMap((split) => Object.keys(split)))];
  return markdownTable(
    ['metric', 'train', folds ? `${folds.length} folds, mean ± deviation` : 'validation', 'test'],
    names.map((name) => [
      name,
      cell(train[name]),
      `${cell(validation[name])}${spread(name)}`,
      cell(test[name]),
    ]),
  );
}

function testWords({ test, looks }: BundleContent['record']['run']['metrics']): string {
  if (Object.keys(test).length === 0)
    return 'Its test rows are sealed: no model was scored by them for it yet.';
  if (looks === undefined)
    return 'How many models were scored by the same test rows before was not recorded.';
  return looks === 0
    ? 'It was the first model scored by these test rows.'
    : `${looks} ${looks === 1 ? 'model was' : 'models were'} scored by the same test rows before it: the best of many is in part the luckiest.`;
}

function cell(value: number | null | undefined): string {
  return value == null ? 'not defined' : String(Number(value.toPrecision(6)));
}

function notes(list: readonly string[]): string[] {
  return list.length === 0 ? [] : [list.map((note) => `- ${escapeMarkdown(note)}`).join('\n')];
}

function data({ record, data: manifest }: BundleContent): string {
  const { dataset, snapshot } = record;
  const { imported } = dataset;
  const { rows } = manifest.split;
  return markdownTable(
    ['what', 'value'],
    [
      ['dataset', `${dataset.name}, version ${dataset.version}${imported ? ` of ${day(imported.at)}` : ''}`],
      ...(imported?.source ? [['file', `${imported.source.file}, SHA-256 ${imported.source.sha256}`]] : []),
      ['rows', `${snapshot.rows} in ${snapshot.columns} columns`],
      ...(imported ? [['rejected at import', String(imported.rejected)]] : []),
      ['snapshot', snapshot.id],
      [
        'rows used',
        `${rows.train} train, ${rows.validation} validation, ${rows.test} test, ${rows.leftOut} left out`,
      ],
      [
        'split',
        `${manifest.split.method}${manifest.split.by === undefined ? '' : ` by ${manifest.split.by}`}${manifest.split.folds === undefined ? '' : ` in ${manifest.split.folds} folds`}, seed ${manifest.split.seed}`,
      ],
    ],
  );
}

function making({ record }: BundleContent): string[][] {
  const { run } = record;
  return [
    ['run', run.id],
    ['recipe', run.recipe],
    ['seed', String(run.seed)],
    ['engine', run.engine ? `${run.engine.id} ${run.engine.version} (${run.engine.detail})` : 'not recorded'],
    ...machine(run.environment),
    ['Holdfast', run.code],
    [
      'trained',
      `${run.created}, ${run.duration === null ? 'time not recorded' : `${run.duration.toFixed(1)} s`}`,
    ],
  ];
}

function machine(environment: BundleContent['record']['run']['environment']): string[][] {
  if (!environment) return [];
  const { processor, architecture, threads, cores, flags, memory, os, runtime } = environment;
  return [
    [
      'machine',
      `${processor}, ${architecture}; ${threads} of ${cores} cores; ${Math.round(memory / 1e9)} GB`,
    ],
    ...(flags.length ? [['instructions', flags.join(' ')]] : []),
    ['system', `${os}; ${runtime}`],
  ];
}

/** The models of a combination, by their recipes. */
function inside({ record }: BundleContent): string[] {
  const recipe = ResolvedRecipe.safeParse(record.recipe.body);
  if (!recipe.success || !recipe.data.members) return [];
  const plan = planOf(recipe.data);
  const rows = recipe.data.members.map((member, i) => [
    `model ${i + 1}`,
    member.family,
    recipeHash(member),
    plan.how === 'average' ? String(Number((plan.weights[i] ?? 0).toPrecision(6))) : 'learned',
  ]);
  return [
    '## Which models are inside',
    plan.how === 'average'
      ? 'It predicts the mean of what these predict, by their weights.'
      : 'It predicts from what these predict, by a ridge or logistic regression.',
    markdownTable(['model', 'family', 'recipe', 'weight'], rows),
  ];
}

function checks({ golden }: BundleContent): string {
  return [
    '- `holdfast bundles verify DIR` checks the signature, every file, and the golden rows; nothing is fetched.',
    '- `model_signing verify key DIR --public_key KEY --signature DIR/model.sig` checks the signature without Holdfast.',
    '- `mlflow.pyfunc.load_model(DIR)` loads the model in Python.',
    `- \`golden.json\` holds ${golden.rows.length} rows with the predictions that must come out, within ${golden.tolerance}.`,
  ].join('\n');
}
