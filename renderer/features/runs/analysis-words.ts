import { defineWords } from '../../ui/text/words.ts';

export const words = defineWords(
  {
    tab: 'Analysis',
    about:
      'Predicts the test rows again from the stored model: how sure the metrics are, where it is worse than elsewhere, and which rows it gets most wrong.',
    run: 'Analyse the test rows',
    running: 'Analysing the test rows',
    intervals: 'How far the metrics could be off',
    metric: 'Metric',
    value: 'Value',
    low: 'Low',
    high: 'High',
    thresholds: (positive: string) => `At which probability to say ${positive}`,
    bestBy: 'Best by',
    usual: 'as it is',
    youden: 'Youden',
    cost: 'cost',
    threshold: 'Threshold',
    precision: 'Precision',
    recall: 'Recall',
    falseAlarms: 'False alarms',
    missed: 'Missed',
    coverage: (level: number) => `Do ${Number((level * 100).toFixed(1))} % intervals hold what they promise?`,
    coverageSize: {
      regression: (size: string, rows: number) =>
        `mean width ${size}, learned from ${rows.toLocaleString()} validation rows`,
      classification: (size: string, rows: number) =>
        `${size} classes on average, learned from ${rows.toLocaleString()} validation rows`,
    },
    worst: 'Where it is worse than elsewhere, and that is no accident',
    noWorst: 'No part is worse than the rest by more than chance explains.',
    slices: 'Every part of every feature',
    part: 'Part',
    rows: 'Rows',
    others: 'Others',
    difference: 'Difference, 95 %',
    sizes: {
      title: 'Would more rows help?',
      about: 'Trains the recipe again on growing parts of the training rows. Test rows are not looked at.',
      run: 'Train on growing parts',
      running: 'Training on growing parts',
    },
    errors: 'The rows it gets most wrong',
    row: 'Row',
    actual: 'Actual',
    predicted: 'Predicted',
    loss: { 'absolute error': 'Absolute error', 'log loss': 'Log loss' },
    paired: {
      title: 'Is one really better?',
      run: 'Test the difference',
      running: 'Testing the difference',
      rows: (count: number) => `on ${count.toLocaleString()} rows that test both`,
      difference: 'B less A, 95 %',
      test: 'Test',
      says: 'What it says',
      tests: { 'paired-t': 'paired t', mcnemar: 'McNemar', delong: 'DeLong' },
    },
    looks: (count: number) =>
      count === 0
        ? 'first look at these test rows'
        : `${count.toLocaleString()} ${count === 1 ? 'look' : 'looks'} at these test rows before`,
    looksAbout:
      'Each model judged by the same test rows makes them a little less of a test: the best of many is in part the luckiest.',
  },
  {
    tab: 'Analyse',
    about:
      'Sagt die Testzeilen mit dem gespeicherten Modell noch einmal vorher: wie sicher die Maße sind, wo es schlechter ist als anderswo, und bei welchen Zeilen es am meisten irrt.',
    run: 'Testzeilen auswerten',
    running: 'Testzeilen werden ausgewertet',
    intervals: 'Wie weit die Maße daneben liegen könnten',
    metric: 'Maß',
    value: 'Wert',
    low: 'Unten',
    high: 'Oben',
    thresholds: (positive) => `Ab welcher Wahrscheinlichkeit ${positive} gilt`,
    bestBy: 'Am besten nach',
    usual: 'wie jetzt',
    youden: 'Youden',
    cost: 'Kosten',
    threshold: 'Schwelle',
    precision: 'Genauigkeit',
    recall: 'Trefferquote',
    falseAlarms: 'Fehlalarme',
    missed: 'Verpasst',
    coverage: (level) => `Halten ${Number((level * 100).toFixed(1))}-%-Intervalle, was sie versprechen?`,
    coverageSize: {
      regression: (size, rows) =>
        `mittlere Breite ${size}, gelernt aus ${rows.toLocaleString()} Validierungszeilen`,
      classification: (size, rows) =>
        `im Mittel ${size} Klassen, gelernt aus ${rows.toLocaleString()} Validierungszeilen`,
    },
    worst: 'Wo es schlechter ist als anderswo, und das kein Zufall ist',
    noWorst: 'Kein Teil ist um mehr schlechter als der Rest, als der Zufall erklärt.',
    slices: 'Jeder Teil jedes Merkmals',
    part: 'Teil',
    rows: 'Zeilen',
    others: 'Andere',
    difference: 'Unterschied, 95 %',
    sizes: {
      title: 'Würden mehr Zeilen helfen?',
      about:
        'Trainiert das Rezept noch einmal auf wachsenden Teilen der Trainingszeilen. Testzeilen bleiben außen vor.',
      run: 'Auf wachsenden Teilen trainieren',
      running: 'Es wird auf wachsenden Teilen trainiert',
    },
    errors: 'Die Zeilen, bei denen es am meisten irrt',
    row: 'Zeile',
    actual: 'Tatsächlich',
    predicted: 'Vorhergesagt',
    loss: { 'absolute error': 'Absoluter Fehler', 'log loss': 'Log-Verlust' },
    paired: {
      title: 'Ist einer wirklich besser?',
      run: 'Unterschied prüfen',
      running: 'Der Unterschied wird geprüft',
      rows: (count) => `auf ${count.toLocaleString()} Zeilen, die beide prüfen`,
      difference: 'B weniger A, 95 %',
      test: 'Test',
      says: 'Was es sagt',
      tests: { 'paired-t': 'gepaarter t-Test', mcnemar: 'McNemar', delong: 'DeLong' },
    },
    looks: (count) =>
      count === 0
        ? 'erster Blick auf diese Testzeilen'
        : `${count.toLocaleString()} ${count === 1 ? 'Blick' : 'Blicke'} auf diese Testzeilen zuvor`,
    looksAbout:
      'Jedes Modell, das an denselben Testzeilen gemessen wird, macht sie ein wenig weniger zur Prüfung: das beste von vielen ist zum Teil das glücklichste.',
  },
);
