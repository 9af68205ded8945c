import type { Hit } from '../../preload/contract/help.ts';
import type { Page } from './page.ts';
import { sectionsOf } from './sections.ts';
import { snippetOf } from './snippet.ts';
import { foldedWords } from './words.ts';

export type Search = (words: string, limit: number) => Hit[];

interface Indexed {
  readonly page: Page;
  readonly heading: string;
  readonly text: string;
  /** How much each word counts here: in the title most, then in a heading, then in the text. */
  readonly weights: ReadonlyMap<string, number>;
  readonly length: number;
}

/** Weights of places; the exact numbers only order results. */
const inTitle = 12;
const inId = 8;
const inShort = 4;
const inHeading = 6;
/** A word that only begins like the one asked for counts so much. */
const begun = 0.5;

/**
 * Full-text search: every word must be there, as itself or as the beginning of a longer one, without regard to case, accents or
 * hyphens. Rare words count more (inverse document frequency), long sections less. One hit for each page: its best section.
 */
export function createSearch(pages: readonly Page[]): Search {
  const sections = pages.flatMap(indexPage);
  const occurrences = new Map<string, number>();
  for (const { weights } of sections)
    for (const word of weights.keys()) occurrences.set(word, (occurrences.get(word) ?? 0) + 1);
  const rarity = (word: string): number => Math.log(1 + sections.length / (occurrences.get(word) ?? 1));

  const scoreOf = ({ weights, length }: Indexed, asked: readonly string[]): number => {
    let score = 0;
    for (const word of asked) {
      let best = (weights.get(word) ?? 0) * rarity(word);
      for (const [other, weight] of weights)
        if (other !== word && other.startsWith(word)) best = Math.max(best, begun * weight * rarity(other));
      if (best === 0) return 0;
      score += best;
    }
    return score / (1 + Math.log(1 + length / 100));
  };

  return (words, limit) => {
    const asked = foldedWords(words).map(({ folded }) => folded);
    if (!asked.length) return [];
    const best = new Map<Page, { section: Indexed; score: number }>();
    for (const section of sections) {
      const score = scoreOf(section, asked);
      if (score > (best.get(section.page)?.score ?? 0)) best.set(section.page, { section, score });
    }
    return [...best.values()]
      .toSorted((a, b) => b.score - a.score || (a.section.page.id < b.section.page.id ? -1 : 1))
      .slice(0, limit)
      .map(({ section: { page, heading, text } }) => ({
        id: page.id,
        kind: page.kind,
        title: page.title,
        short: page.short,
        heading,
        ...snippetOf(text, asked),
      }));
  };
}

function indexPage(page: Page): Indexed[] {
  const sections = sectionsOf(page.text);
  const own = sections[0]?.heading === '' ? sections[0].text : '';
  const rest = own ? sections.slice(1) : sections;
  const opening = page.kind === 'document' ? own : [page.short, own].filter(Boolean).join(' ');
  return [{ heading: '', text: opening }, ...rest].map(({ heading, text }) => {
    const weights = new Map<string, number>();
    const add = (from: string, weight: number): void => {
      for (const { folded } of foldedWords(from)) weights.set(folded, (weights.get(folded) ?? 0) + weight);
    };
    add(text, 1);
    add(heading, inHeading);
    // The title is part of every section, so that "recipe seed" finds the seed of the recipe; it counts for the page itself.
    add(page.title, heading === '' ? inTitle : 1);
    if (heading === '') {
      add(page.id, inId);
      add(page.short, inShort);
      if (page.formula) add(page.formula, 1);
    }
    return { page, heading, text, weights, length: foldedWords(text).length };
  });
}
