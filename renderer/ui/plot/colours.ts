/** Okabe and Ito's colours, in the order series get them; safe for colour blindness. Yellow is left out: too pale on white. */
const light = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#4d4d4d'] as const;
const dark = ['#4aa3df', '#f07b2e', '#2cc29a', '#dd97bd', '#f0b63c', '#8accf2', '#b8b8b8'] as const;

const splits: Readonly<Record<string, number>> = { test: 0, validation: 1, train: 6 };

export interface PlotColours {
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly background: string;
  /** From low to high; perceptually even, single hue. */
  readonly sequential: readonly (readonly [number, string])[];
  /** From far below to far above zero, through the background. */
  readonly diverging: readonly (readonly [number, string])[];
  series(name: string, index: number): string;
}

/** A chart's colours; train, validation and test are the same in every chart. */
export function plotColours(scheme: 'light' | 'dark'): PlotColours {
  const hues = scheme === 'dark' ? dark : light;
  return {
    ...(scheme === 'dark'
      ? { text: '#e3e7ea', dim: '#a3adb5', line: '#2b3137', background: '#15181b' }
      : { text: '#1b2126', dim: '#56616a', line: '#e4e7ea', background: '#ffffff' }),
    diverging:
      scheme === 'dark'
        ? [
            [0, '#e69f00'],
            [0.5, '#15181b'],
            [1, '#56b4e9'],
          ]
        : [
            [0, '#e69f00'],
            [0.5, '#ffffff'],
            [1, '#56b4e9'],
          ],
    sequential:
      scheme === 'dark'
        ? [
            [0, '#1b2126'],
            [0.25, '#1d3f58'],
            [0.5, '#23648c'],
            [0.75, '#3b90c4'],
            [1, '#9fd3f5'],
          ]
        : [
            [0, '#f7fbff'],
            [0.25, '#cfe3f2'],
            [0.5, '#88bcdf'],
            [0.75, '#3b8ac0'],
            [1, '#08406f'],
          ],
    series: (name, index) => {
      const split = Object.keys(splits).find((key) => name.toLowerCase().includes(key));
      const hue = split === undefined ? index : (splits[split] ?? index);
      return hues[hue % hues.length] ?? hues[0];
    },
  };
}
