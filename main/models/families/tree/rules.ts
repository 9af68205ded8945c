import type { ModelArtifact, ReportTable } from '../../family.ts';
import { predictionsOf } from '../../trees/outcome.ts';
import { readTreeModel, type TreeModel } from '../../trees/tree-model.ts';
import { levelsOf, nodeKinds } from '../../trees/trees.ts';

const mostLines = 300;
const mostNames = 12;

/** The tree as indented lines: a question's answer, and what it leads to. */
export function ruleTable(artifact: ModelArtifact): ReportTable {
  const model = readTreeModel(artifact);
  const { trees } = model;
  const rows: (string | number | null)[][] = [];
  const waiting = [{ child: trees.roots[0]!, depth: 0, text: 'all rows' }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { child, depth, text } = next;
    const count = child < 0 ? trees.leafRows[~child]! : trees.nodeRows[child]!;
    rows.push([
      `${'\u2007\u2007'.repeat(depth)}${text}`,
      count,
      ...(child < 0 ? said(artifact, model, ~child) : blank(artifact)),
    ]);
    if (child < 0) continue;
    const { left, right } = answers(artifact, model, child);
    waiting.push({ child: trees.children[2 * child + 1]!, depth: depth + 1, text: right });
    waiting.push({ child: trees.children[2 * child]!, depth: depth + 1, text: left });
  }
  return cut({
    title: 'Rules',
    columns: ['rule', 'training rows', ...saidColumns(artifact)],
    rows,
    notes: [],
  });
}

/** Every leaf with the whole of its rule, the largest first. */
export function leafTable(artifact: ModelArtifact): ReportTable {
  const model = readTreeModel(artifact);
  const { trees } = model;
  const rows: (string | number | null)[][] = [];
  const waiting = [{ child: trees.roots[0]!, rule: [] as string[] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { child, rule } = next;
    if (child < 0) {
      rows.push([
        rule.join(' and ') || 'all rows',
        trees.leafRows[~child]!,
        ...said(artifact, model, ~child),
      ]);
      continue;
    }
    const { left, right } = answers(artifact, model, child);
    waiting.push({ child: trees.children[2 * child + 1]!, rule: [...rule, right] });
    waiting.push({ child: trees.children[2 * child]!, rule: [...rule, left] });
  }
  rows.sort((a, b) => Number(b[1]) - Number(a[1]));
  return cut({
    title: 'Leaves',
    columns: ['when', 'training rows', ...saidColumns(artifact)],
    rows,
    notes: [],
  });
}

function cut(table: ReportTable): ReportTable {
  if (table.rows.length <= mostLines) return table;
  return {
    ...table,
    rows: table.rows.slice(0, mostLines),
    notes: [...table.notes, `the first ${mostLines} of ${table.rows.length} lines`],
  };
}

function saidColumns({ task, classes }: ModelArtifact): string[] {
  return task === 'regression' ? ['prediction'] : ['class', ...classes.map((label) => `share of ${label}`)];
}

function blank({ task, classes }: ModelArtifact): null[] {
  return Array.from({ length: task === 'regression' ? 1 : 1 + classes.length }, () => null);
}

function said(
  { task, classes }: ModelArtifact,
  { spec, trees }: TreeModel,
  leaf: number,
): (string | number)[] {
  const scores = trees.values.slice(leaf * trees.leafWidth, (leaf + 1) * trees.leafWidth);
  const values = [...predictionsOf(spec.outcome, scores, classes.length)];
  if (task === 'regression') return values;
  const best = values.indexOf(Math.max(...values));
  return [classes[best] ?? '', ...values];
}

/** What is true of the rows that go left and right. */
function answers(
  { features }: ModelArtifact,
  { trees, levels }: TreeModel,
  node: number,
): { readonly left: string; readonly right: string } {
  const feature = trees.features[node]!;
  const name = features[feature] ?? '';
  const threshold = trees.thresholds[node]!;
  const kind = trees.kinds[node];
  if (kind === nodeKinds.levels) {
    const all = levels[feature] ?? [];
    const inside = levelsOf(trees, node).map((level) => all[level] ?? '');
    return { left: `${name} is ${listed(inside)}`, right: `${name} is not ${listed(inside)}` };
  }
  if (threshold === Number.MAX_VALUE) return { left: `${name} is known`, right: `${name} is missing` };
  const missingLeft = kind === nodeKinds.numberMissingLeft;
  const value = String(Number(threshold.toPrecision(6)));
  return {
    left: `${name} <= ${value}${missingLeft ? ' or missing' : ''}`,
    right: `${name} > ${value}${missingLeft ? '' : ' or missing'}`,
  };
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).map((name) => `"${name}"`);
  if (names.length > mostNames) return `${shown.join(', ')} or ${names.length - mostNames} more`;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)].filter((text) => text !== '').join(' or ');
}
