import { Button } from '@mantine/core';
import { ArrowRight } from 'lucide-react';
import type { LineageNode } from '../../../preload/contract/lineage.ts';
import type { OutputOf } from '../../api/methods.ts';
import { nameOf, sentenceFor } from './kinds.ts';
import { words } from './words.ts';

interface Props {
  /** Null while only one end is chosen. */
  readonly path: OutputOf<'lineage.path'> | null;
  readonly from: string;
  readonly to: string | null;
  readonly nodes: readonly LineageNode[];
  readonly onChoose: (node: string) => void;
  readonly onEnd: () => void;
}

/** Why two objects have to do with each other: a sentence for each link, in the order of making. */
export function WhyPanel({ path, from, to, nodes, onChoose, onEnd }: Props) {
  const known = new Map([...nodes, ...(path?.nodes ?? [])].map((node) => [node.id, node]));
  const name = (id: string) => {
    const node = known.get(id);
    return node ? nameOf(node) : id;
  };
  return (
    <section className="lineage-why" aria-label={words.why.title} aria-live="polite">
      <div className="row">
        <strong className="grow">
          {path
            ? words.why[path.relation](name(path.from), name(path.to))
            : words.why.pick(to === null ? name(from) : '…')}
        </strong>
        {path && path.between.length > path.nodes.length ? (
          <span className="small dim">{words.why.between(path.between.length)}</span>
        ) : null}
        <Button size="xs" onClick={onEnd}>
          {words.why.end}
        </Button>
      </div>
      {path?.steps.length ? (
        <ol>
          {path.steps.map((step) => {
            const [one, other] = [known.get(step.from), known.get(step.to)];
            return (
              <li key={`${step.from} ${step.how} ${step.to}`}>
                <button type="button" className="link" onClick={() => onChoose(step.to)}>
                  <ArrowRight size={12} aria-hidden />{' '}
                  {one && other ? sentenceFor(step.how, one, other) : step.sentence}
                </button>
              </li>
            );
          })}
        </ol>
      ) : null}
    </section>
  );
}
