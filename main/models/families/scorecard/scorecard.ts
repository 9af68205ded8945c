import { fail } from '../../../../preload/contract/errors.ts';
import { featureNames, type Target } from '../../../recipes/index.ts';
import { axisColumns, type AxisColumn } from '../../axes.ts';
import { axisColumnSpecs } from '../../axis-model.ts';
import { countClasses } from '../../classes.ts';
import { javascriptEngine } from '../../engine.ts';
import { defineFamily, type HistoryPoint } from '../../family.ts';
import { createPace, type Pace } from '../../pace.ts';
import { countingRows } from '../../take-rows.ts';
import { layoutOf } from '../../trees/layout.ts';
import { makeCharacteristic, type Characteristic, type Learners } from './characteristic.ts';
import { fitCard, type CardFit } from './fit-card.ts';
import { scaleOf, scorecardTensors, type ScorecardSpec } from './model.ts';
import { ScorecardParams } from './params.ts';
import { binAt, predictScorecard, scorecardOnnx } from './predict.ts';
import { scorecardReport } from './report.ts';

const own = { id: 'scorecard', version: 1 } as const;

/** Unknowns that are solved for as one dense system. */
const mostUnknowns = 3000;

/** Points per bin from a logistic regression over weights of evidence (Siddiqi 2006; Thomas, Edelman and Crook 2002). */
export const scorecard = defineFamily({
  ...own,
  title: 'Scorecard',
  doc: 'Points for the range or group that each column is in, added up to a score; for two classes. Made to be read, checked and worked out by hand. Takes categories and gaps as they are.',
  readable: true,
  tasks: ['classification'],
  mostClasses: 2,
  takes: { numbers: 'raw', categories: 'codes', missing: true, weights: true },
  params: ScorecardParams,

  async fit(data, params, context) {
    const train = countingRows('scorecard', data.train);
    const pace = createPace(context.signal, 'training');
    await pace.turn();
    const { modelled, learners, notes, classes } = readGoal(train.target, train.weights, params);
    const columns = axisColumns(train.design);
    const ways = waysOf(columns, params);
    const found: Characteristic[] = [];
    for (const [at, column] of columns.entries()) {
      found.push(makeCharacteristic(at, column, learners, { ...params, way: ways[at] }));
      context.progress((0.6 * (at + 1)) / columns.length, `binning ${column.name}`);
      await pace.turn();
    }
    const leftOut: ScorecardSpec['left_out'] = [];
    const nameOf = ({ column }: Characteristic): string => columns[column]?.name ?? '';
    const leave = (one: Characteristic, why: string): void => {
      leftOut.push({ column: nameOf(one), iv: valueOf(one), why });
    };
    let kept = found.filter((one) => {
      // A single bin for all tells nothing, whatever is asked for.
      const useful = valueOf(one) > 0 && valueOf(one) >= params.min_iv;
      if (!useful) leave(one, 'it tells too little');
      return useful;
    });
    const history: HistoryPoint[] = [];
    let card: Card;
    for (;;) {
      card = await fitKept(kept, columns, learners, params, pace, (_, message, point) => {
        if (point) history.push({ ...point, step: history.length });
        context.progress(0.8, message, point && { ...point, step: history.length });
      });
      const worst = params.encoding === 'woe' && params.drop_wrong_signs ? wrongest(card) : undefined;
      if (worst === undefined) break;
      leave(kept[worst]!, 'its coefficient turns against its own evidence beside the other columns');
      notes.push(`"${nameOf(kept[worst]!)}" is left out: ${leftOut.at(-1)?.why}`);
      kept = kept.filter((_, c) => c !== worst);
    }
    if (kept.length === 0) notes.push('no column tells enough: every row gets the same score');
    if (card.fit.residual > 1e-8)
      notes.push(`not converged (mean gradient ${card.fit.residual.toExponential(1)})`);
    const { factor, offset } = scaleOf(params);
    const share = (offset + factor * card.fit.intercept) / Math.max(1, kept.length);
    const toPoints = (value: number): number => {
      const points = share + factor * value;
      return params.round ? Math.round(points) : points;
    };
    const points = card.effects.map((effects) => effects.map(toPoints));
    if (![share, ...points.flatMap((of) => [...of])].every(Number.isFinite))
      throw fail('family-overflow', { family: 'scorecard' });
    const spec: ScorecardSpec = {
      layout: layoutOf(train.design),
      columns: axisColumnSpecs(columns),
      modelled,
      base_score: params.base_score,
      base_odds: params.base_odds,
      pdo: params.pdo,
      round: params.round,
      base_points: kept.length === 0 ? toPoints(0) : 0,
      card: kept.map(({ column }, c) => ({
        column,
        coefficient: params.encoding === 'woe' ? card.fit.coefficients[c]! : null,
      })),
      left_out: leftOut,
      rows: train.design.rows,
      training: [
        ['columns on the card', kept.length],
        ['Newton steps', card.fit.iterations],
        ...(params.round
          ? ([
              [
                'furthest a training score was moved by rounding',
                furthest(kept, columns, points, card, share, factor),
              ],
            ] satisfies [string, number][])
          : []),
      ],
      notes,
    };
    context.progress(1, 'done');
    return {
      artifact: {
        family: own.id,
        version: own.version,
        task: 'classification',
        classes,
        features: featureNames(train.design),
        spec,
        tensors: scorecardTensors(kept.map((one, c) => ({ ...one, points: points[c]! }))),
      },
      engine: javascriptEngine(),
      history,
      notes,
    };
  },

  predict: predictScorecard,
  onnx: scorecardOnnx,
  report: scorecardReport,
});

interface Card {
  readonly fit: CardFit;
  /** Log odds of each bin of each characteristic. */
  readonly effects: readonly Float64Array[];
}

async function fitKept(
  kept: readonly Characteristic[],
  columns: readonly AxisColumn[],
  learners: Learners,
  { encoding, C }: ScorecardParams,
  pace: Pace,
  progress: Parameters<typeof fitCard>[5],
): Promise<Card> {
  let count = 0;
  const used = kept.map((one) => {
    const of = columns[one.column]!;
    const bins = Int32Array.from(learners.good, (_, row) => binAt(one, of, row));
    if (encoding === 'woe') {
      const unknown = count++;
      return { bins, unknowns: new Int32Array(one.woe.length).fill(unknown), values: one.woe };
    }
    // A bin without evidence (too few missing rows) has no coefficient.
    const unknowns = Int32Array.from(one.woe, (_, bin) =>
      one.rows[bin]! > 0 && (bin > 0 || one.iv[0]! !== 0) ? count++ : -1,
    );
    return { bins, unknowns, values: new Float64Array(unknowns.length).fill(1) };
  });
  if (count > mostUnknowns)
    throw fail('family-too-wide', { family: 'scorecard', features: count, limit: mostUnknowns });
  const fit = await fitCard(used, count, learners, C, pace, progress);
  return {
    fit,
    effects: used.map(({ unknowns, values }) =>
      values.map((value, bin) => (unknowns[bin]! < 0 ? 0 : value * fit.coefficients[unknowns[bin]!]!)),
    ),
  };
}

/** The characteristic of the lowest coefficient, where that is below 0. */
function wrongest({ fit: { coefficients } }: Card): number | undefined {
  let worst: number | undefined;
  coefficients.forEach((value, c) => {
    if (value < 0 && value < (worst === undefined ? 0 : coefficients[worst]!)) worst = c;
  });
  return worst;
}

function furthest(
  kept: readonly Characteristic[],
  columns: readonly AxisColumn[],
  points: readonly Float64Array[],
  { effects }: Card,
  share: number,
  factor: number,
): number {
  const rows = kept.length === 0 ? 0 : kept[0]!.rows.reduce((sum, count) => sum + count, 0);
  let most = 0;
  for (let row = 0; row < rows; row++) {
    let moved = 0;
    kept.forEach((one, c) => {
      const bin = binAt(one, columns[one.column]!, row);
      moved += points[c]![bin]! - share - factor * effects[c]![bin]!;
    });
    most = Math.max(most, Math.abs(moved));
  }
  return most;
}

function valueOf({ iv }: Characteristic): number {
  return iv.reduce((sum, value) => sum + value, 0);
}

function readGoal(target: Target, weights: Float64Array, { good_class }: ScorecardParams) {
  if (target.task === 'regression')
    throw fail('family-param', {
      family: 'scorecard',
      param: 'task',
      message: 'the target is an amount; a scorecard needs one of two classes',
    });
  const { counts, present } = countClasses('scorecard', target);
  if (present.length > 2)
    throw fail('family-classes', { family: 'scorecard', most: 2, classes: present.length });
  const [first = 0, second = 1] = present;
  const labels = [first, second].map((code) => target.classes[code] ?? '');
  if (good_class !== null && !labels.includes(good_class))
    throw fail('family-param', {
      family: 'scorecard',
      param: 'good_class',
      message: `the classes are "${labels.join('" and "')}"; "${good_class}" is none of them`,
    });
  const turned = good_class === labels[0];
  const modelled: [number, number] = turned ? [second, first] : [first, second];
  const unit = weights.reduce((sum, weight) => sum + weight / weights.length, 0);
  const scaled = weights.map((weight) => weight / unit);
  const good = Uint8Array.from(target.codes, (code) => (code === modelled[1] ? 1 : 0));
  const all = { good: 0, bad: 0 };
  good.forEach((up, row) => (all[up === 1 ? 'good' : 'bad'] += scaled[row]!));
  return {
    modelled,
    classes: target.classes,
    learners: { good, weights: scaled, all },
    notes: target.classes
      .filter((_, code) => counts[code] === 0)
      .map((label) => `no training row has the class "${label}"; it is never predicted`),
  };
}

function waysOf(
  columns: readonly AxisColumn[],
  { trend, monotone_constraints: constraints }: ScorecardParams,
): (-1 | 0 | 1 | undefined)[] {
  const numbers = columns.filter(({ kind }) => kind === 'number').map(({ name }) => name);
  for (const name of Object.keys(constraints)) {
    if (!numbers.includes(name))
      throw fail('family-param', {
        family: 'scorecard',
        param: 'monotone_constraints',
        message: `there is no number "${name}"; there are ${numbers.join(', ') || 'none'}`,
      });
  }
  return columns.map(({ name }) => constraints[name] ?? (trend === 'free' ? 0 : undefined));
}
