import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { createRandom } from '../platform/random.ts';
import { sha256 } from '../platform/files/index.ts';
import { oracles, runOracle } from '../testing/python-oracle.ts';
import { Golden, type BundleContent } from './content.ts';
import { exampleContent } from './example.fixture.ts';
import { Kitfile } from './formats/modelkit/kitfile.ts';
import { checkFiles } from './check-files.ts';
import { openBundle } from './open-bundle.ts';
import {
  ensureSigningKey,
  fingerprintOf,
  trustKey,
  writeSignature,
  type SigningKey,
} from './signing/index.ts';
import { writeBundle } from './write-bundle.ts';
import { bundleFiles } from './write-files.ts';

let folder = '';
let config = '';
let key: SigningKey;
const contents: Partial<Record<'regression' | 'classification', BundleContent>> = {};
const contentOf = (task: 'regression' | 'classification'): BundleContent => {
  const content = contents[task];
  if (!content) throw new Error('made before all tests');
  return content;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-bundles-'));
  config = join(folder, 'config');
  key = await ensureSigningKey(config);
  contents.regression = await exampleContent('regression');
  contents.classification = await exampleContent('classification');
});
afterAll(async () => rm(folder, { recursive: true }));

const write = (dir: string, task: 'regression' | 'classification' = 'classification') =>
  writeBundle(dir, 'houses', bundleFiles(contentOf(task)), key);
const clock = { now: () => '2026-05-06T07:08:09.010Z' };

describe('a bundle', () => {
  it('has the same bytes when written twice, the signature aside', async () => {
    const one = await write(join(folder, 'one'));
    const two = await write(join(folder, 'elsewhere', 'two'));
    expect(two.digest).toBe(one.digest);
    const unsigned = (files: typeof one.files) => files.filter(({ path }) => path !== 'model.sig');
    expect(unsigned(two.files)).toEqual(unsigned(one.files));
    for (const { path, sha256: digest, size } of two.files) {
      const bytes = await readFile(join(folder, 'elsewhere', 'two', path));
      expect([sha256(bytes), bytes.length]).toEqual([digest, size]);
    }
    expect(await readdir(join(folder, 'elsewhere'))).toEqual(['two']);
  });

  it('holds no path of this machine', async () => {
    await write(join(folder, 'paths'));
    for (const path of await readdir(join(folder, 'paths'), { recursive: true })) {
      const text = await readFile(join(folder, 'paths', path), 'latin1').catch(() => '');
      expect([path, text.includes(folder), text.includes(process.cwd())]).toEqual([path, false, false]);
    }
  });

  it.each(['regression', 'classification'] as const)('verifies (%s), and knows the signer', async (task) => {
    const dir = join(folder, `verify-${task}`);
    const { digest } = await write(dir, task);
    const opened = await openBundle(dir, config);
    expect(opened.problems).toEqual([]);
    expect(opened).toMatchObject({ digest, signer: { fingerprint: key.fingerprint, name: 'you' } });
    expect(opened.content?.record).toEqual(contentOf(task).record);
  });

  it('verifies as intact with an unknown signer, whose name is then known', async () => {
    const dir = join(folder, 'stranger');
    await write(dir);
    const other = join(folder, 'other-user');
    expect(await openBundle(dir, other)).toMatchObject({
      problems: [],
      signer: { fingerprint: key.fingerprint, name: null },
    });
    await trustKey(other, key.publicKey, 'Ana', clock);
    expect((await openBundle(dir, other)).signer).toEqual({
      fingerprint: fingerprintOf(key.publicKey),
      name: 'Ana',
    });
  });

  it('is refused where the folder is not empty, and goes into an empty one', async () => {
    const dir = join(folder, 'full');
    await mkdir(dir);
    await write(dir);
    await expect(write(dir)).rejects.toMatchObject({ code: 'bundle-target-not-empty', details: { dir } });
    await writeFile(join(folder, 'file'), '');
    await expect(write(join(folder, 'file'))).rejects.toMatchObject({ code: 'bundle-target-not-empty' });
  });

  it('leaves nothing behind when it is cancelled or a file cannot be made', async () => {
    const files = bundleFiles(contentOf('regression'));
    const dir = join(folder, 'gone', 'bundle');
    const controller = new AbortController();
    const cancelled = writeBundle(dir, 'houses', files, key, {
      signal: controller.signal,
      progress: (fraction) => fraction > 0.5 && controller.abort(),
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    const broken = [...files, { path: 'z', bytes: () => Promise.reject(new Error('no bytes')) }];
    await expect(writeBundle(dir, 'houses', broken, key)).rejects.toThrow('no bytes');
    expect(await readdir(join(folder, 'gone'))).toEqual([]);
  });

  it.each([
    ['../escape', 'it holds ".."'],
    ['/absolute', 'it is absolute'],
    ['a//b', 'it holds an empty name'],
    ['a\\b', 'it holds a backslash'],
    ['C:/windows', 'it holds a colon'],
    ['nul.txt', 'the name of a device'],
    ['a\u0000b', 'control characters'],
    ['Mlmodel', '"Mlmodel" and "MLmodel" are the same file'],
    ['recipe.yaml', 'two files called "recipe.yaml"'],
  ])('never gets a file called %j', (path, reason) => {
    const content = contentOf('regression');
    const odd = { path, bytes: () => new Uint8Array() };
    expect(() => bundleFiles({ ...content, objects: [...content.objects, odd] })).toThrow(reason);
  });
});

describe('verify names', () => {
  let dir = '';
  let copies = 0;
  beforeAll(async () => {
    await write(join(folder, 'good'));
  });
  beforeEach(async () => {
    copies += 1;
    dir = join(folder, `copy-${copies}`);
    await cp(join(folder, 'good'), dir, { recursive: true });
  });
  const problems = async (): Promise<string[]> =>
    (await openBundle(dir, config)).problems.map(({ code, path }) => `${code} ${path}`);

  it('a changed file', async () => {
    const bytes = await readFile(join(dir, 'model.safetensors'));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(join(dir, 'model.safetensors'), bytes);
    expect(await problems()).toEqual(['file-changed model.safetensors']);
  });

  it('every file that has one flipped bit', async () => {
    const random = createRandom(99);
    const paths = (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of paths) {
      const good = await readFile(path);
      for (let times = 0; times < 3; times += 1) {
        const bad = Buffer.from(good);
        const at = random.integer(bad.length);
        bad[at] = (bad[at] ?? 0) ^ (1 << random.integer(8));
        await writeFile(path, bad);
        const [problem, ...more] = (await checkFiles(dir, [])).problems;
        expect([problem?.path, problem?.code.replace('signature-invalid', 'file-changed'), more]).toEqual([
          path.slice(dir.length + 1),
          'file-changed',
          [],
        ]);
      }
      await writeFile(path, good);
    }
    expect(await problems()).toEqual([]);
  });

  it('a missing file and an added one', async () => {
    await rm(join(dir, 'MLmodel'));
    await writeFile(join(dir, 'data', 'more.arrow'), 'more');
    expect(await problems()).toEqual(['file-missing MLmodel', 'file-extra data/more.arrow']);
  });

  it('a renamed file', async () => {
    await rename(join(dir, 'MODEL_CARD.md'), join(dir, 'README.md'));
    expect(await problems()).toEqual(['file-renamed README.md']);
  });

  it('hidden files, empty folders, links; nothing is ignored', async () => {
    await mkdir(join(dir, '.git'));
    await writeFile(join(dir, '.git', 'config'), '');
    await writeFile(join(dir, '.gitignore'), '*');
    await mkdir(join(dir, 'empty', 'deeper'), { recursive: true });
    await symlink('/etc/passwd', join(dir, 'link'));
    await symlink('..', join(dir, 'up'));
    expect(await problems()).toEqual([
      'symlink link',
      'symlink up',
      'empty-folder empty/deeper',
      'empty-folder empty',
      'file-extra .git/config',
      'file-extra .gitignore',
    ]);
  });

  it('a file replaced by a link to the same bytes', async () => {
    await rename(join(dir, 'golden.json'), join(folder, `kept-${copies}`));
    await symlink(join(folder, `kept-${copies}`), join(dir, 'golden.json'));
    expect(await problems()).toEqual(['symlink golden.json', 'file-missing golden.json']);
  });

  it('a missing and a broken signature', async () => {
    await writeFile(join(dir, 'model.sig'), '{"mediaType":"x","mediaType":"y"}');
    const opened = await openBundle(dir, config);
    expect(opened).toMatchObject({ signer: null, content: null });
    expect(opened.problems).toEqual([
      {
        code: 'signature-invalid',
        path: 'model.sig',
        message: 'model.sig does not hold: the key "mediaType" stands twice in one object',
      },
    ]);
    await rm(join(dir, 'model.sig'));
    expect(await problems()).toEqual(['signature-missing model.sig']);
  });

  it('the signature of another bundle', async () => {
    const other = join(folder, `other-${copies}`);
    await write(other, 'regression');
    await cp(join(other, 'model.sig'), join(dir, 'model.sig'));
    expect(await problems()).toContain('file-changed model.onnx');
  });

  /** Signs the folder as it is, with edits that only its author can make. */
  const resign = async (edit: (files: { path: string; sha256: string }[]) => void = () => undefined) => {
    const paths = await readdir(dir, { recursive: true, withFileTypes: true });
    const files: { path: string; sha256: string }[] = [];
    for (const entry of paths) {
      if (!entry.isFile() || entry.name === 'model.sig') continue;
      const file = join(entry.parentPath, entry.name);
      files.push({ path: file.slice(dir.length + 1), sha256: sha256(await readFile(file)) });
    }
    edit(files);
    await writeFile(join(dir, 'model.sig'), writeSignature('houses', files, key));
  };

  it('signed paths that lead outside, whatever is there', async () => {
    await resign((files) =>
      files.push({ path: '../outside', sha256: sha256('x') }, { path: '/etc/passwd', sha256: sha256('y') }),
    );
    await writeFile(join(folder, 'outside'), 'x');
    expect(await problems()).toEqual([
      'path-escapes ../outside',
      'path-escapes /etc/passwd',
      'file-missing ../outside',
      'file-missing /etc/passwd',
    ]);
  });

  it('golden rows that come out differently, although signed', async () => {
    const path = join(dir, 'golden.json');
    const golden = Golden.parse(JSON.parse(await readFile(path, 'utf8')));
    const [first, second] = golden.rows;
    if (!first || !second) throw new Error('the example has golden rows');
    first.outputs['probability_cheap'] = Number(first.outputs['probability_cheap']) + 2e-5;
    second.outputs['probability_cheap'] = Number(second.outputs['probability_cheap']) + 5e-6;
    await writeFile(path, JSON.stringify(golden));
    await resign();
    const opened = await openBundle(dir, config);
    expect(opened.problems).toHaveLength(1);
    expect(opened.problems[0]).toMatchObject({ code: 'golden-differs', path: 'golden.json' });
    expect(opened.problems[0]?.message).toContain('row 1: probability_cheap should be');
    expect(opened.content).toBeNull();
  });

  it('a graph that is none, and records that are none, although signed', async () => {
    await writeFile(join(dir, 'model.onnx'), 'not a graph');
    await resign();
    expect(await problems()).toEqual(['model-unusable model.onnx']);
    await writeFile(join(dir, 'lineage.json'), '{"format":1,"format":1}');
    await resign();
    expect(await problems()).toEqual(['content-invalid lineage.json']);
    await writeFile(join(dir, 'lineage.json'), '{"format":1}');
    await resign();
    expect(await problems()).toEqual(['content-invalid lineage.json']);
  });

  it('records that name other bytes than the file holds, although signed', async () => {
    const path = join(dir, 'lineage.json');
    const record = await readFile(path, 'utf8');
    await writeFile(path, record.replaceAll(sha256(await readFile(join(dir, 'steps.json'))), 'd'.repeat(64)));
    await resign();
    expect(await problems()).toEqual(['content-invalid lineage.json']);
  });

  it('a folder that is not there, and one that cannot be read', async () => {
    expect((await openBundle(join(folder, 'nowhere'), config)).problems).toMatchObject([
      { code: 'folder-unreadable', message: `there is no folder "${join(folder, 'nowhere')}"` },
    ]);
    await chmod(dir, 0o755);
  });
});

describe('the Kitfile', () => {
  it('has only keys that KitOps knows, and names every file once', async () => {
    const dir = join(folder, 'kit');
    const { files } = await write(dir);
    const kitfile = Kitfile.parse(parse(await readFile(join(dir, 'Kitfile'), 'utf8')));
    const named = [
      kitfile.model.path,
      ...(kitfile.model.parts ?? []).map(({ path }) => path),
      ...(kitfile.docs ?? []).map(({ path }) => path),
    ];
    const rest = files
      .map(({ path }) => path)
      .filter((path) => !/^(data|code)\//.test(path) && path !== 'Kitfile');
    expect(named.sort()).toEqual(rest.sort());
    expect(kitfile.datasets?.map(({ path }) => path)).toEqual(['data']);
    expect(kitfile.code?.map(({ path }) => path)).toEqual(['code']);
  });
});

const MlflowResult = z.looseObject({ worst: z.number() });

describe.skipIf(oracles === undefined)('real tools', () => {
  const program = `
import json, sys, warnings
warnings.filterwarnings('ignore')
import numpy as np, onnx, pandas as pd, mlflow, yaml
dir = sys.argv[1]
golden = json.load(open(dir + '/golden.json', encoding='utf8'))
frame = pd.DataFrame([row['inputs'] for row in golden['rows']])
model = mlflow.pyfunc.load_model(dir)
onnx.checker.check_model(onnx.load(dir + '/model.onnx'), full_check=True)
predicted = model.predict(frame)
worst = 0.0
for name in predicted.columns:
    expected = [row['outputs'][name] for row in golden['rows']]
    if isinstance(expected[0], str): assert list(predicted[name]) == expected, (name, list(predicted[name]))
    else: worst = max(worst, float(np.max(np.abs(np.array(expected) - predicted[name].to_numpy()) / np.maximum(1, np.abs(expected)))))
try:
    model.predict(frame.drop(columns=['city']))
    missing = 'accepted'
except Exception as error:
    missing = str(error)
example = model.input_example
print(json.dumps({'columns': sorted(predicted.columns), 'worst': worst, 'missing': 'city' in missing,
  'example': None if example is None else list(example.columns),
  'kitfile': sorted(yaml.safe_load(open(dir + '/Kitfile', encoding='utf8'))),
  'created': str(model.metadata.utc_time_created)}))
`;

  it.each(['regression', 'classification'] as const)(
    'mlflow loads the folder and predicts the same (%s)',
    async (task) => {
      const dir = join(folder, `mlflow-${task}`);
      await write(dir, task);
      const result = MlflowResult.parse(JSON.parse(await runOracle(['-c', program, dir], { cwd: folder })));
      expect(result).toMatchObject({
        columns: contentOf(task)
          .graph.outputs.map(({ name }) => name)
          .sort(),
        missing: true,
        example: ['Größe in m²', 'prediction', 'city'],
        kitfile: ['code', 'datasets', 'docs', 'manifestVersion', 'model', 'package'],
        created: '2026-03-04 05:06:07.008000',
      });
      expect(result.worst).toBeLessThan(1e-9);
    },
  );

  it('model_signing verifies the folder', async () => {
    const dir = join(folder, 'signed');
    await write(dir);
    const pem = join(folder, 'key.pub');
    await writeFile(pem, key.publicKey.export({ type: 'spki', format: 'pem' }));
    const call = [
      '-m',
      'model_signing',
      'verify',
      'key',
      dir,
      '--public_key',
      pem,
      '--signature',
      join(dir, 'model.sig'),
    ];
    expect(await runOracle(call)).toContain('Verification succeeded');
  });
});
