import type { EffectStage, RecipeEffect } from '../../../../preload/contract/recipes.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatNumber, plainText } from '../text.ts';
import { blocks, lines, type Views } from './view.ts';

export const recipes: Views<'recipes'> = {
  list: ({ recipes: kept }) =>
    kept.length
      ? textTable(
          ['recipe', 'pinned as', 'predicts', 'family', 'steps', 'runs', 'since'],
          kept.map(({ hash, pins, target, family, steps, runs, created }) => [
            hash.slice(0, 12),
            pins.join(', '),
            target,
            family,
            steps.join(', '),
            String(runs),
            created,
          ]),
        )
      : 'No recipe yet: each run records the one it was made by.',
  show: ({ yaml }) => yaml.trimEnd(),
  pin: ({ hash, pins }) => `Recipe ${hash.slice(0, 12)} is pinned as ${pins.join(', ')}.`,
  unpin: ({ hash, pins }) =>
    `Recipe ${hash.slice(0, 12)} is ${pins.length ? `still pinned as ${pins.join(', ')}` : 'not pinned any more'}.`,
  diff: ({ a, b, differences }) =>
    differences.length
      ? textTable(
          ['', a.pins[0] ?? a.hash.slice(0, 12), b.pins[0] ?? b.hash.slice(0, 12)],
          differences.map(({ path, before, after }) => [path, recipeValue(before), recipeValue(after)]),
        )
      : 'The recipes are the same.',
  resolve: ({ yaml, notes, problems }) =>
    problems.length
      ? `The recipe is not right:\n${problems.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${message}`).join('\n')}`
      : blocks(yaml?.trimEnd(), notes.join('\n')),
  effect: viewEffect,
  leakage: ({ dataset, version, findings }) =>
    findings.length
      ? textTable(
          ['', 'what', ''],
          findings.map(({ severity, kind, sentence }) => [severity, kind, sentence]),
        )
      : `No leakage found in ${dataset}@${version}.`,
  families: ({ families }) =>
    textTable(
      ['family', 'tasks', 'parameters', ''],
      families.map(({ id, tasks, params, doc }) => [id, tasks.join(', '), keysOf(params), doc]),
    ),
  steps: ({ steps }) =>
    textTable(
      ['step', 'for', 'parameters', ''],
      steps.map(({ id, selects, params, doc }) => [id, selects ?? 'named columns', keysOf(params), doc]),
    ),
};

export const system: Views<'system'> = {
  doctor: (found) =>
    blocks(
      factLines({
        holdfast: found.holdfast,
        node: found.node,
        platform: found.platform,
        processor: found.cpu,
        memory: `${Math.round(found.memory / 1e9)} GB`,
        'networks are trained with': found.training,
        workspace: found.workspace,
        network: found.offline,
      }),
      textTable(
        ['engine', 'state', 'version', 'for', 'detail'],
        found.engines.map(({ title, state, version, purpose, detail }) => [
          title,
          state,
          version,
          purpose,
          detail,
        ]),
      ),
      lines(
        ...found.engines
          .filter(({ state, how }) => state === 'missing' && how)
          .map(({ title, how }) => `${title} is missing: ${how ?? ''}`),
      ),
    ),
  samples: ({ samples }) =>
    textTable(
      ['sample', 'rows', 'columns', '', 'file'],
      samples.map(({ id, rows, columns, title, path }) => [id, rows, columns, title, path]),
    ),
};

function keysOf(schema: Readonly<Record<string, unknown>>): string {
  return Object.keys(Object(schema['properties'] ?? {})).join(', ');
}

function viewEffect({ dataset, rows, sample, training, features, stages, problems }: RecipeEffect): string {
  return blocks(
    stages.length > 0 &&
      `${dataset}: the steps learned from ${sample < training ? `${formatNumber(sample)} of ${formatNumber(training)}` : `all ${formatNumber(training)}`} training rows; ${counted(rows.length, 'row')} shown.`,
    ...stages.map((stage) => viewStage(stage, rows)),
    features !== null && `${counted(features, 'feature')} go to the model.`,
    problems.length > 0 &&
      `The recipe is not right:\n${problems.map(({ path, message }) => `  ${path ? `${path}: ` : ''}${plainText(message)}`).join('\n')}`,
  );
}

/** A stage: what the step did to each column, and its values on the shown rows; those it changed have a star. */
function viewStage({ position, title, columns, removed }: EffectStage, rows: readonly number[]): string {
  const touched = columns.filter(({ change }) => position === 0 || change !== 'same');
  const names = (change: string) =>
    columns.filter((column) => column.change === change).map(({ name }) => name);
  const said = [
    ['added', names('added')],
    ['changed', names('changed')],
    ['removed', removed],
  ] as const;
  return lines(
    position === 0
      ? 'The data'
      : `${position}. ${title ?? ''}: ${said.flatMap(([word, list]) => (list.length ? [`${word} ${list.join(', ')}`] : [])).join('; ') || 'changed nothing'}`,
    touched.length > 0 &&
      textTable(
        ['row', ...touched.map(({ name, features }) => (features > 1 ? `${name} (${features})` : name))],
        rows.map((row, i) => [
          row,
          ...touched.map(({ values, differs }) => {
            const value = values[i] ?? null;
            return position > 0 && differs.includes(i)
              ? `${typeof value === 'number' ? formatNumber(value) : (value ?? '')} *`
              : value;
          }),
        ]),
      ),
  );
}

function recipeValue(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
