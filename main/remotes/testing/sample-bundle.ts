import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const bytes = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + ((index * index) >> 3)) & 255);

/** A bundle's files for the tests of this domain, in the form that bundles have; sizes around tar's block of 512 bytes. */
export function sampleBundle(): Record<string, string | Uint8Array> {
  return {
    Kitfile: [
      'manifestVersion: 1.0.0',
      'package: {name: house, version: "2", description: "prices of houses: sold in Sacramento"}',
      '# comments and odd   spacing have to survive: the file is signed',
      'model:',
      '    name: house',
      '    path: .',
      '    framework: onnx',
      '    parameters: {seed: 7, tags: [a, b]}',
      '    parts: [{name: golden, path: golden.json, type: golden-rows}]',
      'datasets:',
      '  - {name: train, path: ./data/}',
      'docs:',
      '  - path: README.md',
      '',
    ].join('\n'),
    MLmodel: 'flavors: {onnx: {data: model.onnx}}\n',
    'model.onnx': bytes(70_001, 1),
    'recipe.yaml': 'target: price\nfamily: linear\n',
    'lineage.json': '{}',
    'golden.json': '[[1,2],[3,4]]',
    'README.md': '# house\n',
    'model.sig': '{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}',
    'native/empty': '',
    'data/train.arrow': bytes(512 * 40, 2),
    'data/ünïcode and spaces.arrow': bytes(511, 3),
    [`data/${'long-'.repeat(30)}/x.arrow`]: bytes(513, 4),
  };
}

export async function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}
