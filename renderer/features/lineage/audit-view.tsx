import { Button } from '@mantine/core';
import { Download, Printer } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Audit } from '../../../preload/contract/lineage.ts';
import { useCall, useFacts } from '../../api/facts.ts';
import { Facts } from '../../ui/facts.tsx';
import type { PageProps } from '../../ui/navigation/page.ts';
import { pathOf } from '../../ui/navigation/router.ts';
import { PageBody, PageHead } from '../../ui/page-head.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { Answer } from '../../ui/state/answer.tsx';
import { formatInstant, formatNumber } from '../../ui/text/format.ts';
import { words } from './words.ts';
import './audit.css';

/** All that is recorded of a model version or run on one page, made for paper. */
export function AuditView({ params }: PageProps) {
  const id = params['id'] ?? '';
  const answer = useFacts('lineage.audit', { id });
  const page = useCall('lineage.audit', ({ html, audit }) => {
    if (html === null) return;
    const name = `audit-${audit.id.replaceAll(/[^a-z0-9._-]+/gi, '-')}.html`;
    saveFile(name, URL.createObjectURL(new Blob([html], { type: 'text/html' })));
  });
  const audit = answer.data?.audit;
  return (
    <PageBody>
      <div className="audit">
        <PageHead
          trail={[
            [words.title, '/lineage'],
            ...(audit ? [[audit.title, pathOf('lineage', audit.id)] as const] : []),
          ]}
          title={words.page.title(audit?.title ?? id)}
          facts={
            audit
              ? [words.page.from(audit.workspace.name, audit.workspace.records, formatInstant(audit.at))]
              : []
          }
          actions={
            audit ? (
              <>
                <Button
                  leftSection={<Download size={14} aria-hidden />}
                  loading={page.isPending}
                  onClick={() => page.mutate({ id, html: true })}
                >
                  {words.page.save}
                </Button>
                <Button
                  variant="filled"
                  leftSection={<Printer size={14} aria-hidden />}
                  onClick={() => print()}
                >
                  {words.page.print}
                </Button>
              </>
            ) : null
          }
        />
        <Answer of={answer} what={words.page.reading}>
          {({ audit: found }) => <AuditBody audit={found} />}
        </Answer>
      </div>
    </PageBody>
  );
}

type Cell = string | number | boolean | null | undefined;

function AuditBody({ audit }: { audit: Audit }) {
  const { rows, steps, engine } = audit;
  const { fact, head } = words.page;
  return (
    <>
      {audit.model ? <Section title={words.page.model} facts={Object.entries(audit.model)} /> : null}
      <Section
        title={words.page.rows}
        note={words.page.rowsNote}
        facts={[
          [fact.dataset, rows.dataset],
          [fact.snapshot, rows.snapshot],
          [fact.count, rows.rows],
          [fact.here, rows.here ? words.yes : fact.pulled],
          ...rows.joined.map((one): [string, string] => [fact.joined, fact.joinedAs(one)]),
          [fact.file, rows.source?.file],
          [fact.sha256, rows.source?.sha256],
          [fact.size, rows.source?.size],
          [fact.rejected, rows.source?.rejected],
          [fact.split, rows.split?.digest],
          [head.train, rows.split?.train],
          [head.validation, rows.split?.validation],
          [head.test, rows.split?.test],
          [fact.leftOut, rows.split?.leftOut],
        ]}
      >
        <Table heads={[head.column, head.type]} rows={rows.schema.map(({ name, type }) => [name, type])} />
      </Section>
      <Section
        title={words.page.steps}
        facts={[
          [fact.recipe, steps.recipe],
          [fact.inputs, steps.inputs.join(', ')],
          [fact.features, steps.features],
        ]}
      >
        <Table
          heads={['', head.step, head.took]}
          rows={steps.fitted.map(({ step, columns }, i) => [i + 1, step, columns.join(', ')])}
        />
        <pre>{steps.yaml}</pre>
      </Section>
      <Section
        title={words.page.code}
        note={words.page.codeNote}
        facts={[
          [fact.code, audit.code],
          [fact.engine, engine && `${engine.id} ${engine.version}`],
          [fact.engineDetail, engine?.detail],
          ...machineFacts(audit),
          ...Object.entries(audit.run),
        ]}
      />
      {audit.members.length ? (
        <Section title={words.page.members}>
          <Table
            heads={['', head.run, head.family, head.weight]}
            rows={audit.members.map(({ run, family, weight }, i) => [i + 1, run, family, weight])}
          />
        </Section>
      ) : null}
      <Section title={words.page.metrics}>
        <Table
          none={words.page.noMetric}
          heads={[head.metric, head.train, head.validation, head.test]}
          rows={audit.metrics.map(({ metric, train, validation, test }) => [metric, train, validation, test])}
        />
      </Section>
      <Section title={words.page.verdicts}>
        <Table
          none={words.page.noVerdict}
          heads={[head.when, head.by, head.verdict, head.evidence]}
          rows={audit.verdicts.map(({ at, by, kind, outcome, evidence }) => [
            formatInstant(at),
            by,
            `${kind}: ${outcome}`,
            JSON.stringify(evidence),
          ])}
        />
      </Section>
      {audit.history.length ? (
        <Section title={words.page.history}>
          <Table
            heads={[head.when, head.by, head.change]}
            rows={audit.history.map(({ at, by, change }) => [formatInstant(at), by, change])}
          />
        </Section>
      ) : null}
      {audit.left.length ? (
        <Section title={words.page.left}>
          <Table
            heads={[head.when, head.by, head.what, head.detail]}
            rows={audit.left.map(({ at, by, what, detail }) => [formatInstant(at), by, what, detail])}
          />
        </Section>
      ) : null}
      <Section title={words.page.objects}>
        <Table
          heads={[head.part, head.digest, head.bytes, head.here]}
          rows={audit.objects.map(({ part, digest, size, here }) => [
            part,
            digest,
            size,
            here ? words.yes : words.no,
          ])}
        />
      </Section>
      <Section title={words.page.journal} note={words.page.journalNote}>
        <Table
          heads={[head.record, head.when, head.by, head.action, head.about, head.hash, '']}
          rows={audit.journal.map(({ seq, at, by, action, subjects, previous, hash, sound }) => [
            seq,
            formatInstant(at),
            by,
            action,
            subjects.join(', '),
            `${hash} ${previous}`,
            sound ? words.page.sound : words.page.notSound,
          ])}
        />
      </Section>
    </>
  );
}

/** The machine, as far as it can change the last bits of a result. */
function machineFacts({ environment }: Audit): readonly (readonly [string, Cell])[] {
  if (!environment) return [];
  const { fact } = words.page;
  const { processor, architecture, threads, cores, flags, memory, os, runtime } = environment;
  return [
    [fact.processor, `${processor}, ${architecture}`],
    [fact.threads, fact.threadsOf(threads, cores)],
    [fact.flags, flags.join(' ')],
    [fact.memory, `${Math.round(memory / 1e9)} GB`],
    [fact.system, os],
    [fact.runtime, runtime],
  ];
}

interface SectionProps {
  readonly title: string;
  readonly note?: string;
  readonly facts?: readonly (readonly [name: string, value: Cell])[];
  readonly children?: ReactNode;
}

function Section({ title, note, facts = [], children }: SectionProps) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return (
    <section>
      <h2>{title}</h2>
      {note ? <p className="small dim">{note}</p> : null}
      {known.length ? <Facts of={known.map(([name, value]) => [name, cellText(value)])} /> : null}
      {children}
    </section>
  );
}

interface TableProps {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What to say when there is no row. */
  readonly none?: string;
}

function Table({ heads, rows, none }: TableProps) {
  if (!rows.length) return none ? <p className="dim">{none}</p> : null;
  return (
    <table>
      <thead>
        <tr>{heads.map((head, i) => (head ? <th key={i}>{head}</th> : <td key={i}>{head}</td>))}</tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, j) => (
              <td key={j} className={isDigests(cell) ? 'mono' : undefined}>
                {cellText(cell)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isDigests(cell: Cell): boolean {
  return typeof cell === 'string' && /^[0-9a-f]{64}( |$)/.test(cell);
}

function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'number' ? formatNumber(cell) : String(cell);
}
