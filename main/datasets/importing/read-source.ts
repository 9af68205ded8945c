import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ImportFormat, ImportOptions } from '../../../preload/contract/import-options.ts';
import { fail, Failure } from '../../../preload/contract/errors.ts';
import { importDelimited } from '../importers/delimited/import-delimited.ts';
import { inspectDelimited } from '../importers/delimited/inspect-delimited.ts';
import { delimitedOptions } from '../importers/delimited/options.ts';
import { importers } from '../importers/index.ts';
import { askedDigest, isDatabase } from '../databases/address.ts';
import { importTable, inspectTable } from './import-table.ts';
import type {
  Importer,
  ImportContext,
  ImportInput,
  ImportResult,
  Inspection,
  OpenedTable,
} from './importer.ts';
import { hashFile, openBytes, readAt, refuseChanged, type OpenedBytes } from './open-bytes.ts';
import { importFolder, listTable } from './read-folder.ts';
import { packingOf, unpackFile, type Packing } from './unpack.ts';

const headSize = 65_536;

/** What a file is, from its first bytes, else its name. */
export interface Recognised {
  readonly importer: Importer | 'delimited';
  readonly packing: Packing | undefined;
}

export function recognise(head: Uint8Array, name: string, format: ImportFormat | undefined): Recognised {
  const packing = packingOf(head);
  if (format !== undefined) return { importer: importerOf(format), packing };
  if (packing) return { importer: 'delimited', packing };
  const byContent = importers.find((importer) => importer.recognises(head));
  if (byContent) return { importer: byContent, packing };
  const extension = name.toLowerCase().split('.').at(-1) ?? '';
  const byName = importers.find(({ extensions }) => extensions.includes(extension));
  return { importer: byName ?? 'delimited', packing };
}

function importerOf(format: ImportFormat): Importer | 'delimited' {
  if (format === 'delimited') return 'delimited';
  const importer = importers.find((one) => one.format === format);
  if (!importer)
    throw fail('import-format-unknown', {
      format,
      known: ['delimited', ...importers.map((one) => one.format)],
    });
  return importer;
}

/** Throws `import-option-unused` for an option that the format doesn't have. */
function checkOptions(options: ImportOptions, importer: Importer | 'delimited'): void {
  const known: readonly string[] =
    importer === 'delimited' ? delimitedOptions : [...importer.options, 'omit', 'format'];
  const format = importer === 'delimited' ? 'CSV' : importer.title;
  for (const [option, value] of Object.entries(options))
    if (value !== undefined && !known.includes(option))
      throw fail('import-option-unused', { option, format, known: [...known] });
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/** Whether a file is a text that can be looked at here and now, without a process for what may be damaged. */
export async function isPlainText({ path, options }: ImportInput): Promise<boolean> {
  if (isDatabase(path) || (await isFolder(path))) return false;
  const file = await openBytes(path);
  try {
    const { importer, packing } = recognise(await readAt(file, 0, headSize), file.name, options.format);
    if (importer !== 'delimited' || packing !== undefined) return false;
    checkOptions(options, importer);
    return true;
  } finally {
    await file.handle.close();
  }
}

type Reading = Pick<ImportContext, 'staging' | 'signal'>;

/** What an import would do with a source. */
export async function inspectSource(input: ImportInput, { staging, signal }: Reading): Promise<Inspection> {
  if (isDatabase(input.path))
    return withDatabase(input, { staging, signal, glance: true }, (table, importer) =>
      inspectTable(table, input, importer, { file: input.path, size: 0 }),
    );
  if (await isFolder(input.path)) return inspectFolder(input, { staging, signal });
  return withFile(input, { staging, signal, glance: true }, async (file, importer, inner) => {
    if (importer === 'delimited')
      return { ...(await inspectDelimited(inner)), file: { name: file.name, size: file.size } };
    const table = await importer.open(inner, { staging, signal, glance: true });
    try {
      return await inspectTable(table, inner, importer, { file: file.name, size: file.size });
    } finally {
      await table.close();
    }
  });
}

/** Reads a source into a snapshot, whatever its format. */
export async function importSource(input: ImportInput, context: ImportContext): Promise<ImportResult> {
  const { staging, signal } = context;
  if (isDatabase(input.path))
    return withDatabase(input, { staging, signal, glance: false }, async (table) => {
      const asked = input.options.query ?? `table ${input.options.table ?? table.tables.join()}`;
      return {
        ...(await importTable(table, input, context)),
        source: { file: input.path, ...askedDigest(asked) },
      };
    });
  if (await isFolder(input.path)) return importFolder(input, context, importSource);
  return withFile(input, { staging, signal, glance: false }, async (file, importer, inner) => {
    if (importer === 'delimited') {
      const result = await importDelimited(inner, context);
      if (inner.path === file.path) return result;
      const sha256 = await hashFile(file, signal);
      await refuseChanged(file);
      return { ...result, source: { file: file.name, size: file.size, sha256 } };
    }
    const table = await importer.open(inner, { staging, signal, glance: false });
    try {
      const result = await importTable(table, inner, context);
      const sha256 = await hashFile(file, signal);
      await refuseChanged(file);
      return { ...result, source: { file: file.name, size: file.size, sha256 } };
    } finally {
      await table.close();
    }
  });
}

async function withDatabase<Result>(
  input: ImportInput,
  context: Reading & { readonly glance: boolean },
  work: (table: OpenedTable, importer: Importer) => Promise<Result>,
): Promise<Result> {
  const scheme = input.path.split(':')[0]!.toLowerCase();
  const importer = importers.find(({ schemes }) => schemes?.includes(scheme));
  if (!importer) throw fail('import-format-unknown', { format: scheme, known: ['postgres', 'mysql'] });
  checkOptions(input.options, importer);
  const table = await importer.open(input, context);
  try {
    return await work(table, importer);
  } finally {
    await table.close();
  }
}

/** The first file, which says what the others must look like. */
async function inspectFolder({ path, options }: ImportInput, context: Reading): Promise<Inspection> {
  const files = await listTable(path);
  const first = await inspectSource({ path: files[0]!, options }, context);
  return {
    ...first,
    file: { name: `${basename(path)}/`, size: first.file.size },
    notes: [`${files.length} files, of which the first by name is shown`, ...first.notes],
  };
}

/** Opens the file, unpacks it where it is packed, and finds who reads it. Failures name the file that was asked for. */
async function withFile<Result>(
  { path, options }: ImportInput,
  context: Reading & { readonly glance: boolean },
  work: (file: OpenedBytes, importer: Importer | 'delimited', inner: ImportInput) => Promise<Result>,
): Promise<Result> {
  const file = await openBytes(path);
  try {
    let { importer, packing } = recognise(await readAt(file, 0, headSize), file.name, options.format);
    let inner = path;
    if (packing) {
      inner = await unpackFile(file, packing, context);
      const unpacked = await openBytes(inner);
      ({ importer, packing } = recognise(await readAt(unpacked, 0, headSize), unpacked.name, options.format));
      await unpacked.handle.close();
    }
    checkOptions(options, importer);
    try {
      return await work(file, importer, { path: inner, options });
    } catch (error) {
      throw error instanceof Failure && inner !== path ? renamed(error, inner, path) : error;
    }
  } finally {
    await file.handle.close();
  }
}

function renamed(failure: Failure, from: string, to: string): Failure {
  const details = JSON.parse(
    JSON.stringify(failure.details).replaceAll(JSON.stringify(from), JSON.stringify(to)),
  ) as typeof failure.details;
  return new Failure(failure.code, details, failure.message.replaceAll(from, to), failure.cause);
}
