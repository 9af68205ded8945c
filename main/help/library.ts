import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { metrics } from '../evaluation/index.ts';
import { resources } from '../platform/resources.ts';
import { metricPage } from './metric-page.ts';
import type { Page } from './page.ts';
import { readConcept } from './read-concept.ts';
import { readDocument } from './read-document.ts';
import { createSearch, type Search } from './search.ts';

/** Every page there is, by id, in the order they are listed. */
export interface Library {
  readonly pages: ReadonlyMap<string, Page>;
  readonly search: Search;
}

let library: Library | undefined;

/** Reads the pages at the first use; they can't change while Holdfast runs. */
export function openLibrary(): Library {
  return (library ??= readLibrary());
}

function readLibrary(): Library {
  const docs = join(resources(), 'docs');
  const pages = [
    ...markdownIn(docs).map((file) => readDocument(idOf(file), readFileSync(file, 'utf8'))),
    ...markdownIn(join(docs, 'concepts')).map((file) => readConcept(idOf(file), readFileSync(file, 'utf8'))),
    ...metrics.map(metricPage),
  ];
  return { pages: new Map(pages.map((page) => [page.id, page])), search: createSearch(pages) };
}

function markdownIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .toSorted()
    .map((name) => join(folder, name));
}

function idOf(file: string): string {
  return basename(file, '.md');
}
