/** Failures of model artifacts and prediction. */
export const modelFailures = {
  'balance-too-many': (d: { rows: number; most: number }) =>
    `balancing the classes would make ${d.rows} rows to learn from; at most ${d.most} are learned from. Say a smaller "ratio", or balance "under" or by "weights"`,
  'model-damaged': (d: { reason: string }) => `the model file is not a valid Holdfast model: ${d.reason}`,
  'prediction-not-finite': (d: { family: string; row: number }) =>
    `the ${d.family} model's prediction for row ${d.row} is not a finite number; its inputs are too far from what it was trained on`,
  'family-unknown': (d: { family: string; known: string[] }) =>
    `there is no model family "${d.family}"; known are ${d.known.join(', ')}`,
  'family-param': (d: { family: string; param: string; message: string }) =>
    `${d.family}: ${d.param}: ${d.message}`,
  'family-rows-none': (d: { family: string }) =>
    `${d.family}: there is no training row; at least one is needed`,
  'family-one-class': (d: { family: string; class: string; rows: number }) =>
    `${d.family}: all ${d.rows} training rows have the class "${d.class}"; at least two classes are needed`,
  'family-classes': (d: { family: string; most: number; classes: number }) =>
    `${d.family}: it tells at most ${d.most} classes apart, and the target has ${d.classes}`,
  'family-too-wide': (d: { family: string; features: number; limit: number }) =>
    `${d.family}: ${d.features} features are more than it can solve for (${d.limit}); group rare levels in the one-hot step or drop columns`,
  'family-memory': (d: {
    family: string;
    rows: number;
    features: number;
    needed: number;
    available: number;
  }) =>
    `${d.family}: ${d.rows} rows of ${d.features} features need about ${d.needed} MB of memory to train on, and ${d.available} MB are free; use fewer rows or columns, or end other programs`,
  'family-overflow': (d: { family: string }) =>
    `${d.family}: the coefficients are larger than any number can be; the target or a column is of an extreme size: scale it`,
  'calibration-class-missing': (d: { method: string; class: string; rows: number; has: string }) =>
    `calibrate: ${d.method}: of ${d.rows} rows to learn it from, ${d.has} are of class "${d.class}"; rows of that class and of others are needed`,
  'validation-rows-none': (d: { what: string }) =>
    `${d.what}: it is learned from rows that do not train, and the split has none; give validation a share, or say "folds"`,
  'model-without-intervals': (d: { family: string }) =>
    `the ${d.family} model was not trained with "conformal: true", so there is nothing to make intervals from`,
  'model-without-classes': (d: { family: string }) =>
    `the ${d.family} model predicts a number; costs are for models of classes`,
  'conformal-level': (d: { level: number; rows: number; needed: number }) =>
    `a level of ${d.level} needs ${d.needed} rows that did not train, and the model learned from ${d.rows}; ask for a lower level`,
  'model-input-mismatch': (d: { family: string; expected: string; found: string }) =>
    `the ${d.family} model was trained on ${d.expected}, but was given ${d.found}`,
};
