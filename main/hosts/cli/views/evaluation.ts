import type { Slice, ThresholdRow } from '../../../../preload/contract/evaluation.ts';
import { textTable } from '../text-table.ts';
import { counted, formatNumber, plainText } from '../text.ts';
import { looksWords, viewMetrics } from './metrics.ts';
import { blocks, type Views } from './view.ts';

export const evaluation: Views<'evaluation'> = {
  show: ({ run, metrics, splits, figures }) =>
    blocks(
      `Run ${run}`,
      viewMetrics(metrics),
      metrics.looks !== undefined && `Test rows: ${looksWords(metrics.looks)}.`,
      splits.test.perClass.length > 0 &&
        `Per class, on test rows:\n${textTable(
          ['class', 'precision', 'recall', 'f1', 'rows'],
          splits.test.perClass.map((row) => [row.class, row.precision, row.recall, row.f1, row.support]),
        )}`,
      splits.test.confusion &&
        `Confusion on test rows (actual down, predicted across):\n${textTable(
          ['', ...splits.test.classes],
          splits.test.confusion.map((row, i) => [splits.test.classes[i] ?? '', ...row]),
        )}`,
      Object.entries(splits.test.undefinedBecause)
        .map(([metric, reason]) => `${metric}: ${plainText(reason)}`)
        .join('\n'),
      figures.map(({ title, reading }) => `${plainText(title)}: ${plainText(reading)}`).join('\n'),
    ),
  intervals: ({ run, rows, resamples, level, metrics }) =>
    blocks(
      `Run ${run} on ${counted(rows, 'test row')}: ${level * 100} % intervals from ${counted(resamples, 'resample')}`,
      textTable(
        ['metric', 'value', 'low', 'high'],
        metrics.map(({ metric, value, low, high }) => [metric, value, low, high]),
      ),
    ),
  thresholds: ({ run, positive, rows, positives, best, usual, lift }) =>
    blocks(
      `Run ${run}: ${positive} is predicted at and above a threshold (${counted(rows, 'test row')}, ${positives} of them ${positive})`,
      textTable(
        [
          'best by',
          'threshold',
          'precision',
          'recall',
          'f1',
          'youden',
          'cost a row',
          'right',
          'false alarms',
          'missed',
        ],
        [
          thresholdCells('as it is', usual),
          thresholdCells('F1', best.f1),
          thresholdCells('Youden', best.youden),
          thresholdCells('cost', best.cost),
        ],
      ),
      textTable(
        ['rows from the top', `share of all ${positive}`, 'lift'],
        lift.map(({ share, gain, lift: times }) => [`${Math.round(share * 100)} %`, gain, times]),
      ),
    ),
  costs: ({ run, rows, classes, costs, usual, cheapest, always, expected, sentence, notes }) =>
    blocks(
      `Run ${run} on ${counted(rows, 'test row')}`,
      `Costs, actual by decided\n${textTable(
        ['', ...classes],
        costs.map((row, k) => [classes[k] ?? '', ...row]),
      )}`,
      textTable(
        ['decision', 'cost a row', 'accuracy'],
        [
          ['most likely class', usual.cost, usual.accuracy],
          ['least expected cost', cheapest.cost, cheapest.accuracy],
          [`always ${always.class}`, always.cost, null],
        ],
      ),
      `Rows decided for least cost, actual by decided\n${textTable(
        ['', ...classes],
        cheapest.confusion.map((row, k) => [classes[k] ?? '', ...row]),
      )}`,
      `The probabilities led to expect ${formatNumber(expected)} a row. ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`,
      notes.join('\n'),
    ),
  coverage: ({ run, level, task, learned, learnedFrom, size, sentence }) =>
    blocks(
      `Run ${run}: ${level * 100} % ${task === 'regression' ? 'intervals' : 'sets of classes'}, learned from ${learnedFrom === 'folds' ? `${counted(learned, 'row')} outside their folds` : counted(learned, 'validation row')}`,
      `${sentence}.`,
      task === 'regression'
        ? `Mean width ${size.toPrecision(4)}`
        : `Mean number of classes ${size.toPrecision(3)}`,
    ),
  slices: ({ run, rows, loss, overall, slices, worst }) =>
    blocks(
      `Run ${run}, ${counted(rows, 'test row')}: mean ${loss} ${overall.toPrecision(4)}`,
      worst.length > 0
        ? `Worse than elsewhere, and no accident:\n${viewSlices(worst)}`
        : 'No part is worse than the rest by more than chance explains.',
      `Every part of every feature:\n${viewSlices(slices)}`,
    ),
  sizes: ({ run, metric, judgedBy, judgedRows, points, reading, notes }) =>
    blocks(
      `Run ${run}: ${metric} by training rows, judged by ${judgedRows} ${judgedBy}`,
      textTable(
        ['rows', 'on training rows', `on ${judgedBy}`, 'lowest', 'highest', 'draws', 'seconds'],
        points.map((one) => [
          one.rows,
          one.train.mean,
          one.judged.mean,
          one.judged.low,
          one.judged.high,
          one.draws,
          Number(one.seconds.toFixed(3)),
        ]),
      ),
      reading,
      notes.join('\n'),
    ),
  compare: ({ a, b, rows, comparisons, notes }) =>
    blocks(
      `First ${a}, second ${b}, ${rows === 0 ? 'by their folds' : `on ${counted(rows, 'row')}`}`,
      textTable(
        ['what', 'first', 'second', 'difference', 'low', 'high', 'test', 'p'],
        comparisons.map((one) => [
          one.what,
          one.a,
          one.b,
          one.difference,
          one.low,
          one.high,
          one.test,
          one.p,
        ]),
      ),
      comparisons.map(({ sentence }) => sentence).join('\n'),
      notes.join('\n'),
    ),
  curves: ({ runs, figures, notes }) =>
    blocks(
      runs.map(({ name, run, family }) => `${name}: ${family}, ${run}`).join('\n'),
      figures.length
        ? figures
            .map(({ title, series, reading }) =>
              [
                plainText(title),
                ...series.map(({ name, x }) => `  ${plainText(name)}: ${counted(x.length, 'point')}`),
                `  ${plainText(reading)}`,
              ].join('\n'),
            )
            .join('\n\n')
        : 'No two of them have a curve of the same kind.',
      notes.join('\n'),
      figures.length > 0 && 'With `--json` the points are in it; the Runs page draws them.',
    ),
  errors: ({ run, rows, loss, errors }) =>
    blocks(
      `Run ${run}: the worst of ${counted(rows, 'test row')}, by ${loss}`,
      textTable(
        ['row', 'actual', 'predicted', loss, ...Object.keys(errors[0]?.values ?? {})],
        errors.map((one) => [one.row, one.actual, one.predicted, one.loss, ...Object.values(one.values)]),
      ),
    ),
};

function thresholdCells(by: string, row: ThresholdRow) {
  const { threshold, precision, recall, f1, youden, cost } = row;
  const right = row.truePositives + row.trueNegatives;
  return [by, threshold, precision, recall, f1, youden, cost, right, row.falsePositives, row.falseNegatives];
}

function viewSlices(slices: readonly Slice[]): string {
  return textTable(
    ['part', 'rows', 'loss', 'others', 'low', 'high', 'p'],
    slices.map((one) => [one.slice, one.rows, one.loss, one.others, one.low, one.high, one.adjusted]),
  );
}
