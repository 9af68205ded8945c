import type { ModelVersion } from '../../../../preload/contract/registry.ts';
import { factLines, textTable } from '../text-table.ts';
import { counted, formatInstant, formatSize, shortDigest } from '../text.ts';
import { viewAnything } from './anything.ts';
import { looksWords, mainMetric } from './metrics.ts';
import { erasedWords } from './training.ts';
import { blocks, lines, type Views } from './view.ts';

export const registry: Views<'registry'> = {
  add: ({ model }) => `${nameOf(model)} is run ${model.run}, in stage ${model.stage}.`,
  list: ({ models }) =>
    models.length
      ? textTable(
          ['model', 'stage', 'family', 'target', 'test', 'looks before', 'reproduced', 'when', 'run'],
          models.flatMap(({ versions }) =>
            versions.map((model) => [
              nameOf(model),
              model.stage,
              model.family,
              model.target,
              model.sealed ? 'sealed' : mainMetric(model.metrics),
              model.looks,
              model.reproduced,
              formatInstant(model.created),
              `${model.run}${model.trainedOnErased ? ' (learned from rows of an erased person)' : ''}`,
            ]),
          ),
        )
      : 'No model yet; `holdfast registry add RUN --name NAME` keeps one.',
  show: ({ model, fields }) =>
    blocks(
      factLines({
        model: nameOf(model),
        stage: model.stage,
        run: model.run,
        kind: `${model.family}, ${model.task} of ${model.target}`,
        added: `${formatInstant(model.created)} by ${model.by}`,
        'came from': model.origin,
        'learned from': model.trainedOnErased && erasedWords(model.trainedOnErased),
        reproduced: model.reproduced,
        notes: model.notes || null,
      }),
      model.sealed ? 'Its test rows are sealed.' : `On test rows, after ${looksWords(model.looks)}:`,
      factLines(model.metrics),
      textTable(
        ['field', 'kind', 'such as', 'levels'],
        fields.map(({ name, kind, example, levels }) => [name, kind, example, levels.slice(0, 6).join(', ')]),
      ),
      textTable(
        ['when', 'by', 'change'],
        model.history.map(({ at, by, change }) => [formatInstant(at), by, change]),
      ),
    ),
  stage: ({ model }) => `${nameOf(model)} is ${model.stage} now.`,
  predict: ({ model, rows, out, predictions, notes }) =>
    blocks(
      out ? `Wrote ${counted(rows, 'prediction')} of ${model} to ${out}` : viewAnything(predictions),
      notes.join('\n'),
    ),
};

export const bundles: Views<'bundles'> = {
  export: ({ bundle }) =>
    blocks(
      textTable(
        ['file', 'size', 'sha-256'],
        bundle.files.map(({ path, size, sha256 }) => [path, formatSize(size), shortDigest(sha256)]),
      ),
      `Bundle ${bundle.digest}`,
    ),
  verify: ({ verified, problems, signer, digest }) =>
    blocks(
      verified
        ? `Verified: every file is as it was signed${signer ? ` by ${signer.name ?? 'a key not known here'}` : ''}.`
        : `NOT verified: ${counted(problems.length, 'problem')}.`,
      problems.length > 0 &&
        textTable(
          ['problem', 'file', ''],
          problems.map(({ code, path, message }) => [code, path, message]),
        ),
      factLines({ bundle: digest, key: signer?.fingerprint }),
      verified &&
        signer?.name === null &&
        'Compare the key with its owner before you trust it: `holdfast bundles trust DIR --name NAME`',
    ),
  keys: ({ own, trusted }) =>
    blocks(
      own ? `Your own key: ${own.fingerprint}` : 'You have no key yet; the first export makes one.',
      trusted.length
        ? textTable(
            ['trusted', 'key'],
            trusted.map(({ name, fingerprint }) => [name, fingerprint]),
          )
        : 'No other key is trusted.',
    ),
  trust: ({ signer }) => `${signer.fingerprint} is trusted as ${signer.name ?? ''} now.`,
};

export const remotes: Views<'remotes'> = {
  push: ({ remote, digest, sent, skipped }) =>
    lines(
      `Pushed to ${remote}: sent ${counted(sent.blobs, 'part')} (${formatSize(sent.bytes)})${skipped.blobs ? `, ${counted(skipped.blobs, 'part')} (${formatSize(skipped.bytes)}) were there already` : ''}`,
      `Digest ${digest}`,
    ),
  pull: ({ model, run, bundle, signer, added }) =>
    lines(
      `${added ? 'Pulled' : 'Already here:'} ${nameOf(model)} (run ${run}), verified, signed by ${signer.name ?? signer.fingerprint}`,
      `Bundle ${bundle}`,
    ),
  login: ({ host, kept }) => `The password for ${host} is kept in ${kept}.`,
  logout: ({ host, forgotten }) =>
    forgotten ? `The password for ${host} is forgotten.` : `There was no password for ${host}.`,
  list: ({ remotes: list }) =>
    list.length
      ? textTable(
          ['remote', '', 'model', 'when', 'digest'],
          list.map(({ remote, direction, model, at, digest }) => [
            remote,
            direction,
            model,
            formatInstant(at),
            digest.slice(0, 19),
          ]),
        )
      : 'Nothing was pushed or pulled yet.',
};

function nameOf({ name, version }: ModelVersion): string {
  return `${name}@${version}`;
}
