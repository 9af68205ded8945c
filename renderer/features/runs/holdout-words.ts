import { defineWords } from '../../ui/text/words.ts';

const n = (count: number): string => count.toLocaleString();

export const words = defineWords(
  {
    tab: 'Test rows',
    sealed: 'test sealed',
    sealedAbout: 'no model was scored by its test rows for it; they are to be opened once',
    states: {
      'never-sealed': 'never sealed: every run by these rows was scored by them',
      sealed: 'sealed: this run is judged without its test rows until they are opened, once',
      opened: 'opened for this run',
    },
    ledger: 'Every look at these test rows',
    none: 'No model was scored by these test rows yet.',
    reading: 'Reading the ledger',
    soFar: (count: number) => `${n(count)} ${count === 1 ? 'look' : 'looks'} at these test rows so far`,
    before: (count: number) =>
      count === 0 ? 'first look' : `after ${n(count)} ${count === 1 ? 'look' : 'looks'}`,
    beforeAbout: 'looks at the same test rows before this test score; each makes them less of a test',
    looks: 'Looks before',
    when: 'When',
    by: 'By',
    look: 'Look',
    run: 'Run',
    why: 'Why',
    kinds: { judged: 'scored in training', opened: 'opened', override: 'opened again (override)' },
    open: 'Open the sealed test rows',
    opening: 'Opening the test rows',
    explain:
      'This scores the run by its test rows and records who did it, when and why. It can be done once: choose the run first, by its validation rows.',
    spent: (run: string, by: string, when: string, why: string) =>
      `These test rows were opened already, for ${run}, by ${by} on ${when}: ${why}. A second model chosen by them is no longer judged by them.`,
    override: 'Open them all the same, and record it as an override',
    whyLabel: 'Why now, and why this run',
    whyAbout: 'Kept for good in the ledger and the journal.',
    confirm: 'Open once',
    confirmOverride: 'Open again',
  },
  {
    tab: 'Testzeilen',
    sealed: 'Test versiegelt',
    sealedAbout:
      'für diesen Lauf wurde kein Modell nach seinen Testzeilen beurteilt; sie werden einmal geöffnet',
    states: {
      'never-sealed': 'nie versiegelt: jeder Lauf mit diesen Zeilen wurde nach ihnen beurteilt',
      sealed: 'versiegelt: dieser Lauf wird ohne seine Testzeilen beurteilt, bis sie geöffnet werden, einmal',
      opened: 'für diesen Lauf geöffnet',
    },
    ledger: 'Jeder Blick auf diese Testzeilen',
    none: 'Noch wurde kein Modell nach diesen Testzeilen beurteilt.',
    reading: 'Verzeichnis lesen',
    soFar: (count) => `${n(count)} ${count === 1 ? 'Blick' : 'Blicke'} auf diese Testzeilen bisher`,
    before: (count) =>
      count === 0 ? 'erster Blick' : `nach ${n(count)} ${count === 1 ? 'Blick' : 'Blicken'}`,
    beforeAbout: 'Blicke auf dieselben Testzeilen vor dieser Testzahl; jeder macht sie weniger zum Test',
    looks: 'Blicke davor',
    when: 'Wann',
    by: 'Von',
    look: 'Blick',
    run: 'Lauf',
    why: 'Warum',
    kinds: {
      judged: 'im Training beurteilt',
      opened: 'geöffnet',
      override: 'noch einmal geöffnet (Ausnahme)',
    },
    open: 'Versiegelte Testzeilen öffnen',
    opening: 'Testzeilen öffnen',
    explain:
      'Der Lauf wird nach seinen Testzeilen beurteilt; wer das tat, wann und warum, wird festgehalten. Es geht einmal: wählen Sie den Lauf vorher, nach den Validierungszeilen.',
    spent: (run, by, when, why) =>
      `Diese Testzeilen wurden schon geöffnet, für ${run}, von ${by} am ${when}: ${why}. Ein zweites Modell, das nach ihnen gewählt wird, ist nicht mehr nach ihnen beurteilt.`,
    override: 'Trotzdem öffnen, und es als Ausnahme festhalten',
    whyLabel: 'Warum jetzt, und warum dieser Lauf',
    whyAbout: 'Bleibt für immer im Verzeichnis und im Journal.',
    confirm: 'Einmal öffnen',
    confirmOverride: 'Noch einmal öffnen',
  },
);
