import { defineDetector } from './detector.ts';

const pair = /^\(?(-?\d{1,2}\.\d{3,}),\s*(-?\d{1,3}\.\d{3,})\)?$/;

/** A place on the earth: a column of latitudes or of longitudes, or both in one text. */
export const coordinates = defineDetector({
  id: 'coordinates',
  title: 'coordinate',
  proof: 'shape',
  names: /\b(?:lat|lon|lng|long|latitude|longitude|gps|coord(?:inate)?s?|location|geo ?point)\b/,
  types: ['utf8', 'float64'],
  matches(value, named) {
    const both = pair.exec(value);
    if (both) return Math.abs(Number(both[1])) <= 90 && Math.abs(Number(both[2])) <= 180;
    return named && /^-?\d{1,3}\.\d{2,}$/.test(value) && Math.abs(Number(value)) <= 180;
  },
  mask: (value) => `${/^\(?-?\d/.exec(value)?.[0] ?? ''}***`,
  samples: ['52.5200, 13.4050', '38.631913', '-121.434879'],
  others: ['95.1234, 13.4050', '200.123', '12', 'north'],
});
