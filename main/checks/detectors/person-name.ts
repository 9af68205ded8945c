import { defineDetector } from './detector.ts';

/** Frequent given names of several countries: enough of a column of names holds one of them. */
const given = new Set(
  (
    'james mary john patricia robert jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas sarah ' +
    'charles karen christopher lisa daniel nancy matthew betty anthony margaret mark sandra donald ashley steven kimberly paul emily ' +
    'andrew donna joshua michelle kenneth carol kevin amanda brian dorothy george melissa edward deborah oliver amelia harry olivia ' +
    'jack isla charlie ava jacob mia emma sophie lucas leon ben paul jonas finn noah elias luis felix lukas maximilian anna lena ' +
    'marie sophia lea laura julia johanna peter hans klaus wolfgang jürgen ursula monika petra sabine jean pierre michel andré philippe ' +
    'alain bernard nathalie isabelle sylvie catherine françoise camille louise jules hugo léa manon antonio josé manuel francisco juan ' +
    'david javier carlos jesús maría carmen ana isabel dolores pilar teresa lucía giuseppe giovanni antonio mario luigi francesco anna ' +
    'giulia chiara alessandro lorenzo matteo jan piet kees hendrik johannes cornelis sanne femke lars erik karl anders johan nils astrid ' +
    'ingrid kristina olga ivan dmitri sergei natalia tatiana anastasia mohammed ahmed ali fatima omar aisha hassan wei li ming yuki ' +
    'hiroshi kenji sakura priya raj amit anjali ada grace alan alice bob eve ann jane tom tim sam joe max eva nina clara ella zoe'
  ).split(' '),
);
const word = /^(?:\p{Lu}\p{L}*(?:['’-]\p{L}+)*\.?|de|da|di|del|la|van|von|der|den|den|ter|bin|al|y|zu|le)$/u;

export const personName = defineDetector({
  id: 'person-name',
  title: "person's name",
  proof: 'shape',
  names:
    /\b(?:(?:first|last|full|given|family|middle|maiden|sur|customer|patient|client|employee|person|user|contact|member|guest|passenger) ?name|surname|forename|vorname|nachname|nom|prenom|nombre|apellidos?|cognome|achternaam|voornaam|fornamn|efternamn)\b|^name$/,
  types: ['utf8'],
  matches(value, named) {
    const words = value
      .replaceAll(/[,()"]/g, ' ')
      .trim()
      .split(/\s+/);
    if (words.length > 8 || !words.every((part) => word.test(part))) return false;
    return (
      given.has(words[0]!.toLowerCase()) ||
      (words.length > 1 && given.has(words.at(-1)!.toLowerCase())) ||
      (named && words.some((part) => part.length > 1))
    );
  },
  mask: (value) =>
    value
      .split(/\s+/)
      .map((part) => `${part.slice(0, 1)}***`)
      .join(' '),
  samples: [
    'Ada Lovelace',
    "Seán O'Brien",
    'Ludwig van Beethoven',
    'García, Carmen',
    'Grace',
    'Cumings, Mrs. John Bradley (Florence Briggs)',
  ],
  others: ['ACME-1234', '42', 'blue green', 'product 7', 'x'],
});
