import type { BiasGroup, CheckResult } from '../../../../preload/contract/checks.ts';
import { textTable } from '../text-table.ts';
import { counted, formatInstant, plainText } from '../text.ts';
import { blocks, lines, type Views } from './view.ts';

export const checks: Views<'checks'> = {
  kinds: ({ kinds }) =>
    textTable(
      ['check', 'parameters', ''],
      kinds.map(({ id, params, doc }) => [id, Object.keys(Object(params['properties'])).join(', '), doc]),
    ),
  suggest: ({ yaml }) => yaml.trimEnd(),
  save: ({ suite, added }) =>
    added
      ? `Suite ${suite.version} of ${suite.dataset}: ${counted(suite.checks.length, 'check')}, run on each import from now on.`
      : `Nothing changed: suite ${suite.version} of ${suite.dataset} is the same.`,
  suite: ({ suite }) => suite.yaml.trimEnd(),
  run: ({ dataset, version, verdict, results }) =>
    blocks(`${dataset}@${version}: ${verdict}`, viewResults(results, `${dataset}@${version}`)),
  results: ({ dataset, version, checked, override }) =>
    checked
      ? blocks(
          `${dataset}@${version}: ${checked.verdict} by suite ${checked.suite}, ${formatInstant(checked.at)} by ${checked.by}`,
          viewResults(checked.results, `${dataset}@${version}`),
          override &&
            `Used all the same since ${formatInstant(override.at)}, by ${override.by}: ${plainText(override.why)}`,
        )
      : `${dataset}@${version} was not checked yet; \`holdfast checks run ${dataset}@${version}\` does it.`,
  override: ({ dataset, version, override }) =>
    `${dataset}@${version} may be trained on. Recorded: ${override.by}, ${formatInstant(override.at)}: ${plainText(override.why)}`,
  read: ({ yaml, notes }) => blocks(yaml.trimEnd(), notes.map((note) => `# ${plainText(note)}`).join('\n')),
  monitor: ({ files }) => `Wrote ${files.join(' and ')}.`,
  bias: ({ dataset, version, rows, label, positives, groups, intersections, notes }) =>
    blocks(
      `${dataset}@${version}: ${counted(rows, 'row')}, ${positives.toLocaleString('en')} of them with ${label}`,
      ...groups.map(viewGroup),
      intersections.length > 0 && 'Two attributes at once, each against all other rows:',
      ...intersections.map(viewGroup),
      notes.join('\n'),
    ),
  anomalies: ({ dataset, version, rows, columns, leftOut, median, highest1, anomalies }) =>
    blocks(
      `${dataset}@${version}: ${counted(rows, 'row')} over ${counted(columns.length, 'column')}. A score is 0.5 where rows are like each other; the median is ${median.toFixed(3)}, one row in a hundred is above ${highest1.toFixed(3)}.`,
      textTable(
        ['row', 'score', 'because of (and by how much)'],
        anomalies.map(({ row, score, because }) => [
          row,
          score.toFixed(3),
          because
            .map(({ column, value, drop }) => `${column} ${value ?? 'missing'} (${drop.toFixed(3)})`)
            .join(', '),
        ]),
      ),
      leftOut.map(({ column, why }) => `${column} is left out: ${why}`).join('\n'),
    ),
  compare: ({ reference, other, sentence, columns, classifier, unlike, retyped, notes, ...only }) =>
    blocks(
      `${other.dataset}@${other.version} (${counted(other.rows, 'row')}) against ${reference.dataset}@${reference.version} (${counted(reference.rows, 'row')}): ${sentence}`,
      columns.length > 0 &&
        textTable(
          ['column', 'verdict', 'effect', 'low', 'high', 'p', 'PSI', 'JS'],
          columns.map(({ name, verdict, effect, adjusted, psi, js }) => [
            name,
            verdict,
            effect?.value,
            effect?.low,
            effect?.high,
            adjusted,
            psi,
            js,
          ]),
        ),
      columns
        .filter(({ verdict }) => verdict === 'shifted')
        .map(({ sentence: words }) => words)
        .join('\n'),
      classifier &&
        `A classifier tells the tables apart with an area under the curve of ${classifier.auc.toFixed(3)} (${classifier.low.toFixed(3)} to ${classifier.high.toFixed(3)}); 0.5 would be not at all.`,
      unlike.rows > 0 &&
        `${counted(unlike.rows, 'row')} lie where the reference has none:\n${textTable(
          ['part', 'rows', 'reference', 'for example row'],
          unlike.segments.map(({ segment, rows, referenceRows, examples }) => [
            segment,
            rows,
            referenceRows,
            examples.join(', '),
          ]),
        )}`,
      lines(
        only.onlyInReference.length > 0 && `Only in the reference: ${only.onlyInReference.join(', ')}`,
        only.onlyInOther.length > 0 && `Only in the other table: ${only.onlyInOther.join(', ')}`,
        ...retyped.map(
          ({ name, reference: before, other: now }) =>
            `${name} is ${before} in the reference and ${now} in the other table`,
        ),
        ...notes,
      ),
    ),
  measures: ({ example, measures }) =>
    blocks(
      textTable(
        ['measure', '', 'formula', 'range'],
        measures.map(({ id, title, formula, range }) => [id, title, formula, range]),
      ),
      `Worked through on six rows:\n${textTable(
        ['group', 'protected', 'label'],
        example.map(({ group, member, positive }) => [
          group,
          member ? 'yes' : 'no',
          positive ? 'positive' : 'negative',
        ]),
      )}`,
      measures.map(({ id, working }) => `${id}: ${working}`).join('\n'),
    ),
};

function viewGroup({ group, measures }: BiasGroup): string {
  return `${group}\n${textTable(
    ['measure', 'value', 'low', 'high', ''],
    measures.map(({ measure, value, low, high, sentence }) => [measure, value, low, high, sentence]),
  )}`;
}

function viewResults(results: readonly CheckResult[], of: string): string {
  const [first] = results.flatMap(({ failing }, i) => (failing > 0 ? [i + 1] : []));
  return lines(
    resultTable(results),
    first !== undefined && `\nAll rows that fail one: \`holdfast checks failing ${of} ${first}\``,
  );
}

function resultTable(results: readonly CheckResult[]): string {
  return textTable(
    ['no', '', 'severity', 'expected', 'found', 'rows'],
    results.map(({ passed, severity, says, observed, rows }, i) => [
      i + 1,
      passed ? 'passed' : 'FAILED',
      severity,
      says,
      observed,
      rows.length > 5 ? `${rows.slice(0, 5).join(', ')} ...` : rows.join(', '),
    ]),
  );
}
