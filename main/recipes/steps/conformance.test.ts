import { describe, expect, test } from 'vitest';
import { createOnnxGraph, runOnnx } from '../../platform/onnx/index.ts';
import { createRandom } from '../../platform/random.ts';
import { gatherRows, type RawColumn } from '../columns.ts';
import type { Design, Target } from '../design.ts';
import { gatherTarget } from '../make-target.ts';
import { applyPipeline, fitPipeline, readPipeline, writePipeline } from '../pipeline.ts';
import type { NamedInput } from '../pipeline-input.ts';
import { onnxFeeds, pipelineToOnnx } from '../pipeline-onnx.ts';
import type { RecipeStep } from '../recipe.ts';
import { findStep, steps } from './index.ts';

/** Ways to use each step that end in numbers. A new step is one more entry; a test below holds the list complete. */
const uses: Readonly<Record<string, readonly (readonly RecipeStep[])[]>> = {
  derive: [
    [
      { step: 'derive', name: 'sum', as: 'coalesce(x, 0) / 3 + v0 * flat - 2 ^ 0.5' },
      {
        step: 'derive',
        name: 'size',
        as: 'case when x > 100 then "large" when x <= 100 then word else "none" end',
      },
      {
        step: 'derive',
        name: 'odd',
        as: '(word in ("zebra", "rare") or x < 0) and not (same = "only") is null',
      },
      {
        step: 'derive',
        name: 'moment',
        as: 'year(x) * 10000 + month(x) * 100 + day(x) + day_of_year(x % 7000) / weekday(x)',
      },
      {
        step: 'derive',
        name: 'least',
        as: 'max(min(x, v0, 3), round(flat, 1)) + if(x is null, hour(v0), minute(v0))',
      },
      { step: 'derive', name: 'x', as: 'coalesce(floor(x), empty, -1)' },
      { step: 'impute' },
      { step: 'impute', columns: 'categories', strategy: 'constant', fill: 'gap' },
      { step: 'derive', name: 'gap', as: 'word = "gap"' },
      { step: 'one-hot' },
    ],
    [
      { step: 'impute' },
      { step: 'derive', name: 'word', as: 'coalesce(none, same, word)' },
      { step: 'derive', name: 'last', as: 'nullif(word, "only") is not null' },
      { step: 'codes' },
    ],
  ],
  impute: [
    ...['mean', 'median', 'most_frequent'].map((strategy) => [
      { step: 'impute', strategy },
      { step: 'one-hot' },
    ]),
    [{ step: 'impute', strategy: 'constant', fill: 2.5, indicator: true }, { step: 'one-hot' }],
    [
      { step: 'impute', indicator: true },
      { step: 'impute', columns: 'categories', strategy: 'most_frequent', indicator: true },
      { step: 'one-hot' },
    ],
    [
      { step: 'impute' },
      { step: 'impute', columns: 'categories', strategy: 'constant', fill: 'none' },
      { step: 'one-hot' },
    ],
  ],
  scale: ['standard', 'min-max', 'robust'].map((method) => [
    { step: 'scale', method },
    { step: 'impute', strategy: 'constant', fill: 0 },
    { step: 'one-hot' },
  ]),
  'one-hot': [
    [{ step: 'impute' }, { step: 'one-hot', unknown: 'ignore', min_share: 0 }],
    [{ step: 'impute' }, { step: 'one-hot', unknown: 'other', max_levels: 3 }],
    [{ step: 'impute' }, { step: 'one-hot', unknown: 'ignore', min_share: 0.2 }],
  ],
  codes: [
    [{ step: 'impute' }, { step: 'codes' }],
    [{ step: 'impute' }, { step: 'codes', unknown: 'other', max_levels: 3 }],
  ],
  bin: [
    ...['equal-width', 'quantile'].map((method) => [{ step: 'bin', method, bins: 4 }, { step: 'one-hot' }]),
    [
      { step: 'bin', method: 'edges', edges: [-1, 0.5, 20], encode: 'ordinal' },
      { step: 'impute' },
      { step: 'one-hot' },
    ],
    [{ step: 'bin', encode: 'codes' }, { step: 'codes' }],
  ],
  power: [
    [{ step: 'impute' }, { step: 'power' }, { step: 'one-hot' }],
    [{ step: 'power', standardize: false }, { step: 'impute' }, { step: 'one-hot' }],
    ...['box-cox', 'log', 'log1p', 'sqrt'].map((method) => [
      { step: 'power', columns: ['v0', 'flat'], method },
      { step: 'impute' },
      { step: 'one-hot' },
    ]),
  ],
  rare: [
    [{ step: 'impute' }, { step: 'rare', min_share: 0.2 }, { step: 'one-hot' }],
    [{ step: 'impute' }, { step: 'rare', min_share: 0.2, name: 'apple' }, { step: 'codes' }],
    [
      { step: 'impute' },
      { step: 'impute', columns: 'categories', strategy: 'constant', fill: 'none' },
      { step: 'rare', max_levels: 3 },
      { step: 'codes' },
    ],
  ],
  ordinal: [
    [{ step: 'ordinal' }, { step: 'impute' }],
    [{ step: 'ordinal', order: ['zebra', 'none', 'apple'], unknown: 'below' }, { step: 'impute' }],
    [
      { step: 'impute', columns: 'categories', strategy: 'constant', fill: 'none' },
      { step: 'ordinal', order: ['zebra', 'none', 'apple'], unknown: 'below' },
      { step: 'impute' },
    ],
  ],
  'target-encode': [
    [{ step: 'impute' }, { step: 'target-encode' }],
    [
      { step: 'impute' },
      { step: 'impute', columns: 'categories', strategy: 'constant', fill: 'none' },
      { step: 'target-encode', smooth: 3, folds: 3 },
    ],
  ],
  'frequency-encode': ['share', 'count', 'log-count'].map((as) => [
    { step: 'impute' },
    { step: 'frequency-encode', as },
  ]),
  calendar: [
    [
      {
        step: 'calendar',
        columns: ['x', 'empty'],
        cyclic: ['month', 'day', 'weekday', 'hour', 'day-of-year'],
        parts: ['year', 'quarter', 'month', 'day', 'weekday', 'day-of-year', 'hour', 'weekend'],
        keep: true,
      },
      { step: 'impute' },
      { step: 'one-hot' },
    ],
  ],
  interactions: [
    [{ step: 'interactions', columns: ['x', 'flat', 'v0'] }, { step: 'impute' }, { step: 'one-hot' }],
    [{ step: 'impute' }, { step: 'interactions', between: ['x'] }, { step: 'one-hot' }],
  ],
  polynomial: [
    [{ step: 'scale' }, { step: 'polynomial', degree: 3 }, { step: 'impute' }, { step: 'one-hot' }],
    [{ step: 'impute' }, { step: 'polynomial', powers_only: true }, { step: 'one-hot' }],
  ],
  pca: [{ components: 3 }, { whiten: true, variance: 1 }].map((params) => [
    { step: 'scale' },
    { step: 'impute', strategy: 'constant', fill: 0 },
    { step: 'pca', ...params },
    { step: 'one-hot' },
  ]),
  select: [
    [{ step: 'impute' }, { step: 'select', method: 'variance', above: 1 }, { step: 'one-hot' }],
    [{ step: 'select', columns: 'all', keep: 3 }, { step: 'impute' }, { step: 'one-hot' }],
    [
      { step: 'select', columns: 'all', method: 'permutation', keep: 2 },
      { step: 'impute' },
      { step: 'one-hot' },
    ],
  ],
  'hash-text': [
    [{ step: 'impute' }, { step: 'hash-text', columns: ['word'], features: 8 }, { step: 'one-hot' }],
  ],
  'tf-idf': [[{ step: 'impute' }, { step: 'tf-idf', columns: 'categories', min_rows: 1 }]],
  drop: [[{ step: 'impute' }, { step: 'drop', columns: ['flat'] }, { step: 'drop', columns: 'categories' }]],
};

const inputs: NamedInput[] = [
  { name: 'x', type: 'number' },
  { name: 'flat', type: 'number' },
  { name: 'empty', type: 'number' },
  { name: 'word', type: 'text' },
  { name: 'same', type: 'text' },
  { name: 'none', type: 'text' },
  { name: 'v0', type: 'number' },
];

/** 60 rows with gaps, a constant, an empty and a wide-ranging column, rare and accented words. */
function table(seed: number, rows = 60): RawColumn[] {
  const random = createRandom(seed);
  const number = (name: string, of: () => number): RawColumn => ({
    kind: 'number',
    name,
    values: Float64Array.from({ length: rows }, of),
  });
  const text = (name: string, levels: string[], of: () => number): RawColumn => ({
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from({ length: rows }, of),
  });
  return [
    number('x', () => (random.uniform() < 0.2 ? NaN : random.normal() * 1e3)),
    number('flat', () => 0.1),
    number('empty', () => NaN),
    text('word', ['zebra', 'élan', 'apple', 'Ünder', '"quoted"', 'rare'], () =>
      random.uniform() < 0.15 ? -1 : Math.floor(random.uniform() ** 2 * 6),
    ),
    text('same', ['only'], () => 0),
    text('none', ['never'], () => -1),
    number('v0', () => Math.exp(random.normal() * 5)),
  ];
}

/** A target that depends on the words and the numbers, one for each way to learn. */
function targetOf(columns: readonly RawColumn[], task: Target['task']): Target {
  const [x, , , word] = columns;
  if (x?.kind !== 'number' || word?.kind !== 'category') throw new Error('a number and a text');
  const values = Float64Array.from(x.values, (value, row) => {
    const text = word.levels[word.codes[row] ?? -1] ?? '';
    return (Number.isNaN(value) ? 100 : value / 10) + 30 * text.length + (row % 7);
  });
  if (task === 'regression') return { task, values };
  return { task, classes: ['high', 'low'], codes: Int32Array.from(values, (value) => (value > 150 ? 0 : 1)) };
}

const trainRows = Int32Array.from({ length: 40 }, (_, row) => row);

/** Every bit of a design as text. */
function bits(design: Design): string {
  return JSON.stringify(
    design.blocks.map((block) =>
      block.kind === 'dense'
        ? [block.names, block.columns.map((column) => Buffer.from(column.slice().buffer).toString('hex'))]
        : [block.name, block.levels, [...block.codes]],
    ),
  );
}

/** Finite numbers, and codes that are levels or none. */
function isSound({ blocks }: Design): boolean {
  return blocks.every((block) =>
    block.kind === 'dense'
      ? block.columns.every((column) => column.every(Number.isFinite))
      : block.codes.every((code) => code >= -1 && code < block.levels.length),
  );
}

const at = (design: Design, row: number): unknown[] =>
  design.blocks.flatMap((block) =>
    block.kind === 'dense' ? block.columns.map((column) => column[row]) : [block.codes[row]],
  );

test('gaps stay where the family takes them, in the graph too', async () => {
  const columns = table(1);
  const way = [{ step: 'scale', columns: ['x'] }, { step: 'codes' }];
  expect(() => fitPipeline(inputs, columns, way)).toThrow('has no value at row');
  const { pipeline, design } = fitPipeline(inputs, columns, way, { gaps: true });
  const back = readPipeline(writePipeline(pipeline));
  expect(bits(applyPipeline(back, columns))).toBe(bits(design));
  const graph = createOnnxGraph('gaps');
  const [x] = pipelineToOnnx(pipeline, graph);
  if (x?.kind !== 'dense') throw new Error('x is a number');
  graph.output('out', x.value, 'double');
  const { out } = await runOnnx(graph.finish(), onnxFeeds(pipeline, columns));
  const [block] = design.blocks;
  expect(Array.from(out?.data ?? [], Number)).toEqual(block?.kind === 'dense' ? [...block.columns[0]!] : []);
  expect(Array.from(out?.data ?? [], Number).some(Number.isNaN)).toBe(true);
});

test('every step is in the battery', () => {
  expect(Object.keys(uses).sort()).toEqual(steps.map((step) => step.id).sort());
});

describe.each(Object.entries(uses).flatMap(([id, ways]) => ways.map((way) => ({ id, way }))))(
  '$id $way',
  ({ way }) => {
    const fit = (columns: RawColumn[], rows?: Int32Array) => {
      const target = targetOf(columns, 'regression');
      return fitPipeline(inputs, columns, way, {
        rows,
        target: rows ? gatherTarget(target, rows) : target,
      });
    };

    test('learns from training rows only', () => {
      const columns = table(1);
      const other = table(2);
      const mixed = columns.map((column, i): RawColumn => {
        const strange = other[i];
        if (column.kind === 'number' && strange?.kind === 'number') {
          return {
            ...column,
            values: column.values.map((value, row) => (row < 40 ? value : (strange.values[row] ?? 0) * 7)),
          };
        }
        if (column.kind !== 'category' || strange?.kind !== 'category') return column;
        const levels = [...column.levels, 'unheard of'];
        return {
          ...column,
          levels,
          codes: column.codes.map((code, row) => (row < 40 ? code : column.levels.length)),
        };
      });
      expect(fit(mixed, trainRows)).toEqual(fit(columns, trainRows));
    });

    test('does not depend on the order of levels in the data', () => {
      const columns = table(1);
      const turned = columns.map((column): RawColumn => {
        if (column.kind === 'number') return column;
        const last = column.levels.length - 1;
        return {
          ...column,
          levels: column.levels.toReversed(),
          codes: column.codes.map((c) => (c < 0 ? c : last - c)),
        };
      });
      expect(bits(fit(turned).design)).toBe(bits(fit(columns).design));
    });

    test('does not change its input', () => {
      const columns = table(1);
      const before = structuredClone(columns);
      applyPipeline(fit(columns, trainRows).pipeline, columns);
      expect(columns).toEqual(before);
    });

    const known = way.map(({ step }) => findStep(step));

    test('gives training rows the same in fit and in apply, unless each row must not know its own target', () => {
      const { pipeline, design } = fit(table(1), trainRows);
      const same = bits(applyPipeline(pipeline, table(1), trainRows)) === bits(design);
      expect(same).toBe(known.every((step) => !step?.crossFit));
    });

    test('a row does not depend on its neighbours', () => {
      const { pipeline } = fit(table(1), trainRows);
      const columns = table(3);
      const all = applyPipeline(pipeline, columns);
      for (const row of [0, 17, 59]) {
        const alone = applyPipeline(
          pipeline,
          columns.map((column) => gatherRows(column, Int32Array.of(row))),
        );
        expect(alone.rows).toBe(1);
        expect(at(alone, 0)).toEqual(at(all, row));
      }
    });

    test('works on no rows and on one training row', () => {
      const { pipeline } = fit(table(1), trainRows);
      const none = applyPipeline(pipeline, table(1), new Int32Array(0));
      expect(none.rows).toBe(0);
      expect(none.width).toBe(pipeline.features.length);
      expect(() => fit(table(1), Int32Array.of(3))).not.toThrow();
    });

    test('gives finite numbers for constant, empty and unseen values', () => {
      const { pipeline, design } = fit(table(1), trainRows);
      const far = table(9).map((column): RawColumn =>
        column.kind === 'number' ? column : { ...column, levels: column.levels.map((level) => `${level}!`) },
      );
      expect([design, applyPipeline(pipeline, far)].every(isSound)).toBe(true);
    });

    test('is the same after saving and loading', () => {
      const { pipeline } = fit(table(1), trainRows);
      const bytes = writePipeline(pipeline);
      const back = readPipeline(bytes);
      expect(Buffer.from(writePipeline(back)).equals(bytes)).toBe(true);
      expect(bits(applyPipeline(back, table(4)))).toBe(bits(applyPipeline(pipeline, table(4))));
    });

    test('refuses a damaged state', () => {
      const { pipeline } = fit(table(1), trainRows);
      const text = new TextDecoder().decode(writePipeline(pipeline));
      expect(() => readPipeline(new TextEncoder().encode(text.slice(0, -5)))).toThrow(
        /the fitted steps can't be read/,
      );
      const broken = {
        ...pipeline,
        steps: pipeline.steps.map((fitted) => ({ ...fitted, state: 'nonsense' })),
      };
      expect(() => readPipeline(new TextEncoder().encode(JSON.stringify(broken)))).toThrow(
        /the fitted steps can't be read/,
      );
    });

    const noGraph = known.some((step) => step?.noGraph !== undefined);

    test.runIf(noGraph)('says that it has no graph', () => {
      const { pipeline } = fit(table(1), trainRows);
      expect(() => pipelineToOnnx(pipeline, createOnnxGraph('steps'))).toThrow("the model can't be exported");
    });

    test.skipIf(noGraph)('its graph agrees', async () => {
      const { pipeline } = fit(table(1), trainRows);
      const graph = createOnnxGraph('steps');
      const features = pipelineToOnnx(pipeline, graph);
      features.forEach((feature, i) =>
        feature.kind === 'dense'
          ? graph.output(`out${i}`, feature.value, 'double')
          : graph.output(`out${i}`, feature.codes, 'int64'),
      );
      const columns = table(5).map((column): RawColumn =>
        column.name === 'word' && column.kind === 'category'
          ? { ...column, levels: column.levels.map((level) => (level === 'apple' ? 'never seen' : level)) }
          : column,
      );
      const outputs = await runOnnx(graph.finish(), onnxFeeds(pipeline, columns));
      const native = applyPipeline(pipeline, columns);
      const flat = native.blocks.flatMap((block): (readonly number[])[] =>
        block.kind === 'dense' ? block.columns.map((column) => [...column]) : [[...block.codes]],
      );
      expect(features.length).toBe(flat.length);
      // Codes are the same; numbers but for the rounding of logarithms, powers and the order of sums.
      const allowed = native.blocks.flatMap((block) =>
        block.kind === 'dense' ? block.columns.map(() => 1e-12) : [0],
      );
      flat.forEach((values, i) => {
        const found = Array.from(outputs[`out${i}`]?.data ?? [], Number);
        const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
        const away = values.map((value, row) => Math.abs(value - (found[row] ?? Infinity)) / size);
        expect(Math.max(...away), features[i]?.name).toBeLessThanOrEqual(allowed[i] ?? 0);
      });
    });
  },
);
