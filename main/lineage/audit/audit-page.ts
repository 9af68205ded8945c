import type { Audit } from '../../../preload/contract/lineage.ts';
import { html, type Html, type Piece } from './html.ts';
import { auditStyle } from './audit-style.ts';

/** The machine, as far as it can change the last bits of a result. */
function machineFacts({ environment }: Audit): [string, string][] {
  if (!environment) return [['machine', 'not recorded']];
  const { processor, architecture, threads, cores, flags, memory, os, runtime } = environment;
  return [
    ['processor', `${processor}, ${architecture}`],
    ['threads', `${threads} of ${cores} cores`],
    ['instructions', flags.join(' ') || 'not told by the system'],
    ['memory', `${Math.round(memory / 1e9)} GB`],
    ['system', os],
    ['runtime', runtime],
  ];
}

/** The audit as one HTML page that needs nothing outside it: no script, no address, style inside. */
export function auditPage(audit: Audit): string {
  const { rows, steps, engine, workspace } = audit;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>Audit of ${audit.title}</title>
        <style>
          ${{ html: auditStyle }}
        </style>
      </head>
      <body>
        <header>
          <p class="kind">Audit</p>
          <h1>${audit.title}</h1>
          <p>
            From workspace ${workspace.name} (${workspace.id}), whose journal had ${workspace.records} records
            when this was written, ${audit.at}, by ${audit.by} with Holdfast ${audit.holdfast}.
          </p>
        </header>
        ${audit.model ? section('The model', facts(Object.entries(audit.model))) : null}
        ${section(
          'Which rows',
          facts([
            ['dataset', rows.dataset],
            ['snapshot', digest(rows.snapshot)],
            ['rows', rows.rows],
            ['data in this workspace', rows.here ? 'yes' : 'no: pulled without its data'],
            ...rows.joined.map((one): [string, string] => [
              'joined columns of',
              `${one.dataset} (snapshot ${one.snapshot}${one.here ? '' : ', not in this workspace'}) by ${one.on}: ${one.columns.join(', ')}`,
            ]),
            ['file', rows.source?.file],
            ['its SHA-256', rows.source && digest(rows.source.sha256)],
            ['its size in bytes', rows.source?.size],
            ['rows refused at the import', rows.source?.rejected],
            ['split', rows.split && digest(rows.split.digest)],
            ['training rows', rows.split?.train],
            ['validation rows', rows.split?.validation],
            ['folds of the training rows', rows.split?.folds],
            ['test rows', rows.split?.test],
            ['rows left out (no target)', rows.split?.leftOut],
          ]),
          html`<p class="note">
            The snapshot's id covers every value, type, missing value and the order of all rows; the split
            says of every row what it was used for.
          </p>`,
          rows.schema.length
            ? table(
                ['column', 'type'],
                rows.schema.map(({ name, type }) => [name, type]),
              )
            : null,
        )}
        ${section(
          'Which steps',
          facts([
            ['recipe', digest(steps.recipe)],
            ['columns read', steps.inputs.join(', ')],
            ['features after the last step', steps.features],
          ]),
          steps.fitted.length
            ? table(
                ['', 'step', 'columns it took'],
                steps.fitted.map(({ step, columns }, i) => [i + 1, step, columns.join(', ')]),
              )
            : null,
          html`<pre>${steps.yaml}</pre>`,
        )}
        ${section(
          'Which code and engine',
          facts([
            ['code', audit.code],
            ['engine', engine && `${engine.id} ${engine.version}`],
            ['engine detail', engine?.detail],
            ...machineFacts(audit),
            ...Object.entries(audit.run),
          ]),
          html`<p class="note">
            The code is Holdfast's version and a hash over every source file and pinned package that can
            change a result.
          </p>`,
        )}
        ${
          audit.members.length
            ? section(
                'Which runs it combines',
                table(
                  ['', 'run', 'family', 'weight'],
                  audit.members.map(({ run, family, weight }, i) => [
                    i + 1,
                    run,
                    family,
                    weight ?? 'learned from predictions',
                  ]),
                ),
              )
            : null
        }
        ${section(
          'How good it was',
          audit.metrics.length
            ? html`${table(
                  ['metric', 'training rows', 'validation rows', 'test rows'],
                  audit.metrics.map(({ metric, train, validation, test }) => [
                    metric,
                    train,
                    validation,
                    test,
                  ]),
                )}
                <p class="note">${testWords(audit)}</p>`
            : html`<p>No metric was recorded.</p>`,
        )}
        ${section(
          'Verdicts',
          audit.verdicts.length
            ? table(
                ['when', 'by', 'verdict', 'evidence'],
                audit.verdicts.map(({ at, by, kind, outcome, evidence }) => [
                  at,
                  by,
                  `${kind}: ${outcome}`,
                  html`<pre>${JSON.stringify(evidence, null, 1)}</pre>`,
                ]),
              )
            : html`<p>No verdict was recorded.</p>`,
        )}
        ${
          audit.history.length
            ? section(
                'Stages and approvals',
                table(
                  ['when', 'by', 'change'],
                  audit.history.map(({ at, by, change }) => [at, by, change]),
                ),
              )
            : null
        }
        ${
          audit.left.length
            ? section(
                'What was made of it and where it went',
                table(
                  ['when', 'by', 'what', 'detail'],
                  audit.left.map(({ at, by, what, detail }) => [at, by, what, detail]),
                ),
              )
            : null
        }
        ${section(
          'Objects',
          table(
            ['part', 'SHA-256', 'bytes', 'in this workspace'],
            audit.objects.map(({ part, digest: sha256, size, here }) => [
              part,
              digest(sha256),
              size,
              here ? 'yes' : 'no',
            ]),
          ),
        )}
        ${section(
          'Journal records',
          html`<p class="note">
            Each record's hash covers the record and the hash of the one before it. "Sound" means that the
            hash was computed again for this page and agrees. The last record of the whole journal had the
            hash ${digest(workspace.head)}.
          </p>`,
          table(
            ['record', 'when', 'by', 'action', 'about', 'hash, and that of the record before', ''],
            audit.journal.map(({ seq, at, by, action, subjects, previous, hash, sound }) => [
              seq,
              at,
              by,
              action,
              subjects.join(', '),
              [digest(hash), html`<br />`, digest(previous)],
              sound ? 'sound' : html`<strong class="bad">NOT SOUND</strong>`,
            ]),
          ),
        )}
      </body>
    </html> `;
  return page.html;
}

function testWords({ test: { looks, sealed } }: Audit): string {
  const times = `${looks.toLocaleString('en')} ${looks === 1 ? 'look' : 'looks'}`;
  return sealed
    ? `The test rows are sealed: they are to be opened once, and ${times} at them came before.`
    : `Before this test score there ${looks === 1 ? 'was' : 'were'} ${times} at the same test rows. Each makes them less of a test.`;
}

function section(title: string, ...parts: readonly Piece[]): Html {
  return html`<section>
    <h2>${title}</h2>
    ${parts}
  </section>`;
}

function facts(entries: readonly (readonly [name: string, value: Piece])[]): Html {
  const known = entries.filter(([, value]) => value !== null && value !== undefined && value !== '');
  return html`<dl>
    ${known.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function table(heads: readonly string[], rows: readonly (readonly Piece[])[]): Html {
  return html`<table>
    <thead>
      <tr>
        ${heads.map((head) => html`<th>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map((cell) => (typeof cell === 'number' ? html`<td class="number">${cell}</td>` : html`<td>${cell}</td>`))}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function digest(hex: string): Html {
  return html`<code>${hex}</code>`;
}
