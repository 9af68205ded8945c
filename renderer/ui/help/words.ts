import { defineWords } from '../text/words.ts';

export const words = defineWords(
  {
    whatIs: (title: string) => `what is ${title}?`,
    whatIsThis: 'what is this?',
    reading: 'Reading the manual',
    openInLearn: 'Open in Learn',
    workedExample: 'Worked example',
    computed: (value: string) => `Holdfast computes ${value}.`,
    seeAlso: 'See also',
    external: (address: string) => `${address} (not opened from here: nothing leaves this computer)`,
  },
  {
    whatIs: (title) => `Was ist ${title}?`,
    whatIsThis: 'Was ist das?',
    reading: 'Das Lesen des Handbuchs',
    openInLearn: 'In Lernen öffnen',
    workedExample: 'Rechenbeispiel',
    computed: (value) => `Holdfast berechnet ${value}.`,
    seeAlso: 'Siehe auch',
    external: (address) => `${address} (wird von hier nicht geöffnet: nichts verlässt diesen Computer)`,
  },
);
