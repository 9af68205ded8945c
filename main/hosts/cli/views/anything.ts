import { factLines, textTable, type Cell } from '../text-table.ts';
import { plainText } from '../text.ts';
import { blocks } from './view.ts';

/** Any JSON value for people: plain values as facts, lists of records as tables. */
export function viewAnything(value: unknown): string {
  if (typeof value !== 'object' || value === null) return plainText(String(value));
  if (Array.isArray(value)) return viewList(value);
  const entries = Object.entries(value);
  const facts: Record<string, Cell> = {};
  for (const [name, item] of entries) if (isCell(item)) facts[name] = item;
  const parts = entries
    .filter(([, item]) => !isCell(item))
    .map(([name, item]) => `${name}:\n${indent(viewAnything(item))}`);
  return blocks(factLines(facts), ...parts) || 'Done.';
}

function viewList(list: readonly unknown[]): string {
  if (!list.length) return '(none)';
  if (list.every(isCell)) return list.map((item) => plainText(String(item))).join('\n');
  const records = list.map((item): object => Object(item));
  const heads = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return textTable(
    heads,
    records.map((record) => {
      const row = new Map<string, unknown>(Object.entries(record));
      return heads.map((head) => asCell(row.get(head)));
    }),
  );
}

function asCell(value: unknown): Cell {
  return isCell(value) ? value : JSON.stringify(value);
}

function isCell(value: unknown): value is Cell {
  return value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
