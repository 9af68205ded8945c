import { defineWords } from '../../ui/text/words.ts';

/** Of making one model of several. */
export const words = defineWords(
  {
    action: 'Combine',
    actionLong: 'Combine the models of the picked runs',
    pickFirst: 'pick two runs or more first',
    title: (count: number) => `Combine the models of ${count} runs`,
    about:
      'A new run, which predicts from the predictions of these models. They must be of the same data, target and split.',
    how: 'How',
    ways: { average: 'Average', stack: 'Stack' },
    waysAbout: {
      average: 'the mean of what they predict; of classes the mean of their probabilities',
      stack:
        'a ridge or logistic regression predicts from their predictions; it learns from rows that they did not learn from, never from test rows',
    },
    weightOf: (run: string, family: string) => `Weight of ${family} (${run})`,
    weightAbout: 'more than another: counts more',
    combine: 'Combine',
    combining: 'Combining the models',
    madeOf: 'Made of',
    model: 'model',
    run: 'run',
    family: 'family',
    weight: 'weight',
  },
  {
    action: 'Verbinden',
    actionLong: 'Die Modelle der gewählten Läufe verbinden',
    pickFirst: 'zuerst zwei Läufe oder mehr wählen',
    title: (count) => `Die Modelle von ${count} Läufen verbinden`,
    about:
      'Ein neuer Lauf, der aus den Vorhersagen dieser Modelle vorhersagt. Sie müssen dieselben Daten, dasselbe Ziel und dieselbe Teilung haben.',
    how: 'Wie',
    ways: { average: 'Mittel', stack: 'Stapel' },
    waysAbout: {
      average: 'das Mittel ihrer Vorhersagen; bei Klassen das Mittel ihrer Wahrscheinlichkeiten',
      stack:
        'eine Ridge- oder logistische Regression sagt aus ihren Vorhersagen vorher; sie lernt aus Zeilen, aus denen jene nicht gelernt haben, nie aus Testzeilen',
    },
    weightOf: (run, family) => `Gewicht von ${family} (${run})`,
    weightAbout: 'mehr als ein anderes: zählt mehr',
    combine: 'Verbinden',
    combining: 'Die Modelle werden verbunden',
    madeOf: 'Gemacht aus',
    model: 'Modell',
    run: 'Lauf',
    family: 'Familie',
    weight: 'Gewicht',
  },
);
