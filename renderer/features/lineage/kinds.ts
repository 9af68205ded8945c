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

/** A node's label without its kind, which stands beside it anyway. */
export function labelOf({ kind, label }: LineageNode): string {
  return label.startsWith(`${kind} `) ? label.slice(kind.length + 1) : label;
}

/** The page of what a node stands for; null where there is none. */
export function nodePath(node: LineageNode): string | null {
  const key = node.id.slice(node.id.indexOf(':') + 1);
  if (node.kind === 'run') return pathOf('runs', key);
  if (node.kind === 'model') return pathOf('models', key);
  if (node.kind === 'snapshot') {
    const dataset = /^[a-z0-9][a-z0-9._-]*@\d+/.exec(node.label)?.[0] ?? node.facts['dataset'];
    return typeof dataset === 'string' ? pathOf('data', dataset) : null;
  }
  return null;
}
