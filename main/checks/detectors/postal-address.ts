import { defineDetector } from './detector.ts';

const street =
  /\b(?:street|st|avenue|ave|road|rd|lane|ln|drive|dr|boulevard|blvd|court|ct|square|place|terrace|way|highway|rue|allée|place|chemin|via|viale|piazza|corso|calle|avenida|plaza|paseo|rua|ul|gatan)\b\.?|(?:straße|strasse|str\.|weg|platz|allee|gasse|straat|laan|plein|gracht|gatan|vägen|gade|vej)(?=\s|$|,)/iu;

export const postalAddress = defineDetector({
  id: 'postal-address',
  title: 'postal address',
  proof: 'shape',
  names:
    /\b(?:address|addr|street|adresse|anschrift|strasse|straße|direccion|indirizzo|adres|adress|domicilio)\b/,
  types: ['utf8'],
  matches(value, named) {
    const numbered =
      /\d/.test(value) &&
      /\p{L}{2}/u.test(value) &&
      /\s/.test(value) &&
      value.length >= 6 &&
      value.length <= 200;
    return (
      numbered &&
      !value.includes('@') &&
      (named ? true : /^\d+[a-z]?,?\s|\s\d+\s?[a-z]?(?:,|$)/i.test(value) && street.test(value))
    );
  },
  samples: [
    '221B Baker Street, London',
    'Unter den Linden 77',
    '12 rue de la Paix',
    '1600 Pennsylvania Ave NW',
  ],
  others: ['London', '12345', 'ann@example.org 1', 'way'],
});
