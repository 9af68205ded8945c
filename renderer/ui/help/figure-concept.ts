const concepts: Readonly<Record<string, string>> = {
  roc: 'roc-curve',
  'precision-recall': 'precision-recall-curve',
  calibration: 'calibration-curve',
  confusion: 'confusion-matrix',
  'learning-curve': 'learning-curve',
  residuals: 'residual',
  'residual-histogram': 'residual',
  'predicted-actual': 'residual',
};

/** The card that explains a figure, by the figure's id; undefined for one that has none. */
export function figureConcept(figure: string): string | undefined {
  return concepts[figure];
}
