import {
  BadgeCheck,
  Box,
  FileText,
  Package,
  Play,
  ScrollText,
  Server,
  Sparkles,
  Split,
  Table2,
  type LucideIcon,
} from 'lucide-react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { sentences, words } from './words.ts';

type Kind = LineageNode['kind'];

export const kindIcons: Readonly<Record<Kind, LucideIcon>> = {
  source: FileText,
  snapshot: Table2,
  recipe: ScrollText,
  split: Split,
  run: Play,
  model: Box,
  bundle: Package,
  verdict: BadgeCheck,
  prediction: Sparkles,
  remote: Server,
};

/** A node's label without its kind, which stands beside it anyway; of a group, whose it is. */
export function labelOf({ kind, label, members, facts }: LineageNode): string {
  if (members !== undefined) {
    const of = facts['of'];
    return of === 'several' ? words.several : typeof of === 'string' ? of : '';
  }
  return label.startsWith(`${kind} `) ? label.slice(kind.length + 1) : label;
}

/** `run`, or `312 runs` for a group. */
export function kindOf({ kind, members }: LineageNode): string {
  return members === undefined ? words.kind[kind] : words.members(members, words.many[kind]);
}

/** Kind and label: `model prices@1`. */
export function nameOf(node: LineageNode): string {
  return `${kindOf(node)} ${labelOf(node)}`.trimEnd();
}

/** One link of a path as a sentence in the language spoken. */
export function sentenceFor(how: string, from: LineageNode, to: LineageNode): string {
  const sentence = Object.hasOwn(sentences, how) ? sentences[how] : undefined;
  const text = sentence?.(nameOf(from), nameOf(to)) ?? `${nameOf(from)} → ${nameOf(to)} (${how})`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** The page of what a node stands for; null where there is none. */
export function nodePath(node: LineageNode): string | null {
  if (node.members !== undefined) return null;
  const key = node.id.slice(node.id.indexOf(':') + 1);
  const { dataset, model, run } = node.facts;
  if (node.kind === 'run') return pathOf('runs', key);
  if (node.kind === 'model') return pathOf('models', key);
  if (node.kind === 'verdict' && typeof run === 'string') return pathOf('runs', run);
  if ((node.kind === 'bundle' || node.kind === 'prediction') && typeof model === 'string')
    return pathOf('models', model);
  if (node.kind === 'snapshot' && node.facts['here'] !== false) {
    const named = /^[a-z0-9][a-z0-9._-]*@\d+/.exec(node.label)?.[0] ?? dataset;
    return typeof named === 'string' ? pathOf('data', named) : null;
  }
  return null;
}

/** Whether there is an audit page of it. */
export function isAudited({ kind, members }: LineageNode): boolean {
  return members === undefined && ['run', 'model', 'bundle', 'prediction', 'verdict'].includes(kind);
}
