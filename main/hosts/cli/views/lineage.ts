import type { Audit } from '../../../../preload/contract/lineage.ts';
import { nodeWords } from '../../../../preload/contract/lineage-sentences.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatNumber, formatSize, plainText, shortDigest } from '../text.ts';
import { blocks, lines, type Views } from './view.ts';

export const lineage: Views<'lineage'> = {
  show: ({ nodes, edges }) => {
    const labels = new Map(nodes.map(({ id, label }) => [id, label]));
    return blocks(
      textTable(
        ['kind', 'what', 'when', 'id'],
        nodes.map(({ kind, label, at, id }) => [kind, label, at && formatInstant(at), id]),
      ),
      textTable(
        ['from', 'how', 'to'],
        edges.map(({ from, how, to }) => [labels.get(from) ?? from, how, labels.get(to) ?? to]),
      ),
    );
  },
  path: ({ from, to, relation, steps, nodes, between }) => {
    const name = (id: string): string => {
      const node = nodes.find((one) => one.id === id);
      return plainText(node ? nodeWords(node) : id);
    };
    const [one, other] = [name(from), name(to)];
    const heading = {
      'led-to': `${one} led to ${other}:`,
      'came-from': `${one} came from ${other}:`,
      related: `${one} and ${other} have this in common:`,
      same: `${one} is one and the same object.`,
      none: `Nothing connects ${one} with ${other}.`,
    }[relation];
    return blocks(
      `${heading.charAt(0).toUpperCase()}${heading.slice(1)}`,
      steps.map(({ sentence }, i) => `  ${i + 1}. ${plainText(sentence)}`).join('\n'),
      relation !== 'none' &&
        relation !== 'same' &&
        `On any way between them: ${counted(between.length, 'object')}.`,
    );
  },
  export: ({ out, events, size, sha256 }) =>
    lines(
      `Wrote ${counted(events, 'OpenLineage event')} to ${plainText(out)} (${formatSize(size)})`,
      `sha256 ${sha256}`,
    ),
  audit: ({ audit, out }) => viewAudit(audit, out),
  reproduce: ({ run, verdict, differences, tolerance }) =>
    blocks(
      {
        identical: `Reproduced: run ${run} gave the same bytes again.`,
        'within-tolerance': `Reproduced within tolerance: run ${run} gave the same metrics, not the same bytes.`,
        'not-reproduced': `NOT reproduced: run ${run} came out differently.`,
      }[verdict],
      tolerance &&
        `The tolerance is ${tolerance.factor} standard deviations over ${tolerance.seeds.length} seeds (${tolerance.seeds.join(', ')}).`,
      differences.length > 0 &&
        textTable(
          ['what', 'recorded', 'now', 'tolerance'],
          differences.map((one) => [one.what, one.recorded, one.now, one.tolerance]),
        ),
    ),
  journal: ({ records }) =>
    textTable(
      ['record', 'when', 'by', 'action', 'about', 'hash'],
      records.map(({ seq, at, by, action, subjects, hash }) => [
        seq,
        formatInstant(at),
        by,
        action,
        subjects.join(', '),
        shortDigest(hash),
      ]),
    ),
};

function viewAudit(audit: Audit, out: string | null): string {
  const { rows, steps, engine, environment } = audit;
  return blocks(
    `Audit of ${audit.title}`,
    rows &&
      factLines({
        rows: `${rows.dataset}, snapshot ${rows.snapshot}`,
        joined:
          rows.joined
            .map(
              ({ dataset, snapshot, on, columns }) =>
                `${columns.join(', ')} of ${dataset}, snapshot ${snapshot}, by ${on}`,
            )
            .join('; ') || null,
        file: rows.source && `${rows.source.file}, sha256 ${rows.source.sha256}`,
        divided: rows.split
          ? `${formatNumber(rows.split.train)} train, ${formatNumber(rows.split.validation)} validation, ${formatNumber(rows.split.test)} test; split ${rows.split.digest}`
          : null,
        steps: `${steps.fitted.map(({ step }) => step).join(', ') || 'none'}; recipe ${steps.recipe}`,
        code: audit.code,
        engine: engine && `${engine.id} ${engine.version}, ${engine.detail}`,
        machine:
          environment &&
          `${environment.processor}, ${environment.architecture}; ${environment.threads} of ${environment.cores} cores; ${environment.os}; ${environment.runtime}`,
        instructions: environment && (environment.flags.join(' ') || null),
        combines: audit.members.map(({ run, family }) => `${run} (${family})`).join(', ') || null,
      }),
    audit.verdicts.length > 0 &&
      textTable(
        ['verdict', 'outcome', 'when', 'by'],
        audit.verdicts.map(({ kind, outcome, at, by }) => [kind, outcome, formatInstant(at), by]),
      ),
    textTable(
      ['record', 'when', 'by', 'action', 'hash', ''],
      audit.journal.map(({ seq, at, by, action, hash, sound }) => [
        seq,
        formatInstant(at),
        by,
        action,
        hash,
        sound ? 'sound' : 'NOT SOUND',
      ]),
    ),
    out === null
      ? `\`holdfast lineage audit ${audit.id} --out FILE.html\` writes it whole, for printing.`
      : `Wrote ${plainText(out)}`,
  );
}
