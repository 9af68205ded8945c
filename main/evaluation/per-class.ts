import type { ScoredClasses } from './scored.ts';

/** One class against the rest. Divisions by zero give 0, as scikit-learn's `zero_division` default does. */
export interface ClassScores {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Rows that are of the class. */
  readonly support: number;
  /** Rows that were predicted to be of it. */
  readonly predicted: number;
}

export function perClass({ classes, confusion }: ScoredClasses): ClassScores[] {
  const width = classes.length;
  return classes.map((_, k) => {
    let support = 0;
    let predicted = 0;
    for (let other = 0; other < width; other++) {
      support += confusion[k * width + other] ?? 0;
      predicted += confusion[other * width + k] ?? 0;
    }
    const hits = confusion[k * width + k] ?? 0;
    return {
      precision: ratio(hits, predicted),
      recall: ratio(hits, support),
      f1: ratio(2 * hits, support + predicted),
      support,
      predicted,
    };
  });
}

/** Mean over the classes that occur among true or predicted ones, each counting the same (macro) or by its rows (weighted). */
export function averaged(
  scored: ScoredClasses,
  of: 'precision' | 'recall' | 'f1',
  how: 'macro' | 'weighted',
): number {
  const seen = perClass(scored).filter(({ support, predicted }) => support + predicted > 0);
  const weight = how === 'macro' ? () => 1 : ({ support }: ClassScores) => support;
  const total = seen.reduce((sum, row) => sum + weight(row), 0);
  return seen.reduce((sum, row) => sum + weight(row) * row[of], 0) / total;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
