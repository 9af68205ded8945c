import type { Figure, Series } from '../../../preload/contract/figures.ts';

const range = (count: number) => Array.from({ length: count }, (_, i) => i);
/** Numbers from -1 to 1 without a pattern, the same each time. */
const noise = (i: number) => ((Math.sin(i * 12.9898) * 43758.5453) % 1) * 0.999;
const bell = (x: number, centre: number, width: number) => Math.exp(-(((x - centre) / width) ** 2));
const split = 'test' as const;
const chance: Series = { name: 'chance', kind: 'line', x: [0, 1], y: [0, 1], reference: true };
const grid = range(41).map((i) => i / 40);

/** One figure of each kind, in the order of a model's life. */
export const figures: readonly Figure[] = [
  {
    id: 'histogram',
    title: 'Most houses cost between 150,000 and 300,000 dollars',
    split: null,
    x: { title: 'price', unit: 'USD' },
    y: { title: 'houses', unit: null },
    series: ['north', 'south'].map((name, s) => ({
      name,
      kind: 'bars',
      x: range(18).map((i) => 25_000 + i * 50_000),
      edges: range(19).map((i) => i * 50_000),
      y: range(18).map((i) => Math.round(90 * bell(i, 4 + 3 * s, 3) + 12 * bell(i, 10, 5))),
    })),
    reading: 'Houses of the south are dearer by about 150,000 dollars.',
  },
  {
    id: 'box',
    title: 'Which kinds of houses are dear?',
    split: null,
    x: { title: 'kind', unit: null },
    y: { title: 'price', unit: 'thousand USD' },
    series: [
      {
        name: 'price',
        kind: 'boxes',
        x: ['condo', 'multi-family', 'residential'],
        lower: [62, 95, 80],
        q1: [110, 150, 168],
        y: [148, 205, 225],
        q3: [190, 250, 310],
        upper: [305, 390, 520],
      },
    ],
    reading: 'Half of the residential houses cost more than 225,000 dollars.',
  },
  {
    id: 'scatter',
    title: 'Larger houses cost more',
    split: null,
    x: { title: 'size', unit: 'sq ft' },
    y: { title: 'price', unit: 'thousand USD' },
    series: [
      {
        name: 'houses',
        kind: 'points',
        x: range(160).map((i) => 700 + i * 18),
        y: range(160).map((i) => 60 + i * 1.9 + 70 * noise(i)),
        labels: range(160).map((i) => `house ${i + 1}`),
      },
    ],
    reading: 'A hundred square feet more cost about 11,000 dollars.',
  },
  {
    id: 'density',
    title: 'Where 250,000 houses lie',
    split: null,
    x: { title: 'size', unit: 'sq ft' },
    y: { title: 'price', unit: 'thousand USD' },
    series: [
      {
        name: 'houses',
        kind: 'heat',
        x: range(30).map((i) => 600 + 100 * i),
        y: range(24).map((i) => 60 + 20 * i),
        z: range(24).map((r) =>
          range(30).map((c) => Math.round(3000 * bell(r, 3 + c * 0.6, 3) * bell(c, 10, 9))),
        ),
      },
    ],
    reading: 'Too many to draw each: a cell is darker where more houses are.',
  },
  {
    id: 'heat-map',
    title: 'Size, rooms and price go together',
    split: null,
    x: { title: 'column', unit: null },
    y: { title: 'column', unit: null },
    series: [
      {
        name: 'correlation',
        kind: 'heat',
        x: ['size', 'rooms', 'baths', 'price'],
        y: ['size', 'rooms', 'baths', 'price'],
        z: [
          [1, 0.72, 0.75, 0.79],
          [0.72, 1, 0.65, 0.51],
          [0.75, 0.65, 1, 0.59],
          [0.79, 0.51, 0.59, 1],
        ],
      },
    ],
    reading: 'Size tells most about the price.',
  },
  {
    id: 'learning-curve',
    title: 'Does it still learn?',
    split: null,
    x: { title: 'epoch', unit: null },
    y: { title: 'loss', unit: null },
    series: [
      { name: 'train', kind: 'line', x: range(40), y: range(40).map((i) => 0.2 + 0.8 * Math.exp(-i / 9)) },
      {
        name: 'validation',
        kind: 'line',
        x: range(40),
        y: range(40).map((i) => 0.31 + 0.7 * Math.exp(-i / 8) + i * 0.0015),
      },
    ],
    reading: 'It learns nothing new after epoch 25.',
  },
  {
    id: 'band',
    title: 'Errors shrink with more rows, and so does the doubt',
    split: null,
    x: { title: 'rows trained on', unit: null },
    y: { title: 'mean absolute error', unit: 'thousand USD' },
    series: [
      {
        name: 'validation',
        kind: 'line',
        x: range(12).map((i) => 50 + 50 * i),
        y: range(12).map((i) => 48 + 60 / (i + 1)),
        lower: range(12).map((i) => 44 + 40 / (i + 1)),
        upper: range(12).map((i) => 53 + 84 / (i + 1)),
      },
    ],
    reading: 'The band holds nine of ten repetitions.',
  },
  {
    id: 'predicted-actual',
    title: 'How near predictions come',
    split,
    x: { title: 'predicted price', unit: 'thousand USD' },
    y: { title: 'actual price', unit: 'thousand USD' },
    series: [
      { name: 'agreement', kind: 'line', x: [60, 480], y: [60, 480], reference: true },
      {
        name: 'houses',
        kind: 'points',
        x: range(120).map((i) => 80 + i * 3.2),
        y: range(120).map((i) => 80 + i * 3.2 + 55 * noise(i + 7)),
      },
    ],
    reading: 'Half of the predictions are within 27,000 dollars.',
  },
  {
    id: 'roc',
    title: 'How well are good and bad told apart?',
    split,
    x: { title: 'false alarms', unit: 'share' },
    y: { title: 'found', unit: 'share' },
    series: [{ name: 'test', kind: 'line', x: grid, y: grid.map((x) => x ** 0.3) }, chance],
    reading: 'The area under the curve is 0.77.',
  },
  {
    id: 'precision-recall',
    title: 'How many of those found are right?',
    split,
    x: { title: 'recall', unit: 'share' },
    y: { title: 'precision', unit: 'share' },
    series: [
      { name: 'test', kind: 'line', x: grid, y: grid.map((x) => 1 - 0.62 * x ** 2.2) },
      { name: 'chance', kind: 'line', x: [0, 1], y: [0.28, 0.28], reference: true },
    ],
    reading: 'Half of the bad ones are found with 86 % of the alarms right.',
  },
  {
    id: 'lift',
    title: 'The first tenth of the list holds a third of the buyers',
    split,
    x: { title: 'contacted', unit: 'share' },
    y: { title: 'buyers reached', unit: 'share' },
    series: [{ name: 'test', kind: 'line', x: grid, y: grid.map((x) => 1 - (1 - x) ** 3.4) }, chance],
    reading: 'Contact 20 % of the people and reach 53 % of the buyers.',
  },
  {
    id: 'calibration',
    title: 'Does 70 % mean 70 %?',
    split,
    x: { title: 'predicted', unit: 'share' },
    y: { title: 'observed', unit: 'share' },
    series: [
      { name: 'perfect agreement', kind: 'line', x: [0, 1], y: [0, 1], reference: true },
      {
        name: 'test',
        kind: 'line',
        x: range(9).map((i) => 0.1 + 0.1 * i),
        y: range(9).map((i) => 0.05 + 0.115 * i),
        lower: range(9).map((i) => 0.01 + 0.108 * i),
        upper: range(9).map((i) => 0.09 + 0.122 * i),
        counts: range(9).map((i) => 220 - 18 * i),
      },
    ],
    reading: 'Small chances are exaggerated a little.',
  },
  {
    id: 'confusion',
    title: 'Which classes are taken for which',
    split,
    x: { title: 'predicted class', unit: null },
    y: { title: 'actual class', unit: null },
    series: [
      {
        name: 'rows',
        kind: 'heat',
        x: ['bad', 'good'],
        y: ['bad', 'good'],
        z: [
          [148, 102],
          [61, 580],
        ],
      },
    ],
    reading: '102 of 250 bad ones are taken for good.',
  },
  {
    id: 'waterfall',
    title: 'Why this house is valued at 312,000 dollars',
    split: null,
    x: { title: 'because of', unit: null },
    y: { title: 'price', unit: 'thousand USD' },
    series: [
      {
        name: 'average',
        kind: 'waterfall',
        start: 246,
        x: ['size', 'city', 'rooms', 'kind'],
        y: [82, -31, 19, -4],
      },
    ],
    reading: 'From the average of 246,000: size adds 82,000, the city takes 31,000.',
  },
  {
    id: 'partial-dependence',
    title: 'The price rises with size, less so above 2,500 sq ft',
    split: null,
    x: { title: 'size', unit: 'sq ft' },
    y: { title: 'price', unit: 'thousand USD' },
    series: [
      ...range(6).map((k): Series => ({
        name: `house ${k + 1}`,
        kind: 'line',
        x: range(25).map((i) => 600 + 120 * i),
        y: range(25).map((i) => 70 + k * 22 + 220 * (1 - Math.exp(-i / (8 + k)))),
        reference: true,
      })),
      {
        name: 'average',
        kind: 'line',
        x: range(25).map((i) => 600 + 120 * i),
        y: range(25).map((i) => 125 + 220 * (1 - Math.exp(-i / 10))),
        lower: range(25).map((i) => 110 + 205 * (1 - Math.exp(-i / 10))),
        upper: range(25).map((i) => 141 + 234 * (1 - Math.exp(-i / 10))),
      },
    ],
    reading: 'All else equal; thin lines are single houses.',
  },
  {
    id: 'parallel',
    title: 'What do the best of 48 trials share?',
    split: null,
    x: { title: 'parameter', unit: null },
    y: { title: 'value', unit: null },
    series: ['best tenth', 'others'].map((name, s) => ({
      name,
      kind: 'parallel',
      x: [],
      y: [],
      axes: [
        { title: 'depth', unit: null },
        { title: 'rate', unit: null },
        { title: 'kind', unit: null, levels: ['plain', 'dart', 'goss'] },
        { title: 'error', unit: 'thousand USD' },
      ],
      rows: range(s ? 40 : 8).map((i) => [
        s ? 2 + (i % 9) : 6 + (i % 3),
        s ? 0.01 + 0.007 * ((i * 7) % 40) : 0.05 + 0.01 * (i % 4),
        s ? i % 3 : 1,
        s ? 60 + 8 * ((i * 5) % 7) : 48 + i,
      ]),
    })),
    reading: 'The best ones are deep, slow, and of the second kind.',
  },
  {
    id: 'flow',
    title: 'Where the rejected applications went',
    split: null,
    x: { title: 'before', unit: null },
    y: { title: 'after', unit: null },
    series: [
      {
        name: 'applications',
        kind: 'flow',
        x: ['accepted', 'accepted', 'rejected', 'rejected', 'by hand', 'by hand'],
        y: ['accepted', 'rejected', 'accepted', 'rejected', 'accepted', 'rejected'],
        weights: [540, 60, 110, 190, 70, 30],
      },
    ],
    reading: '110 of 300 rejected applications are now accepted.',
  },
];
