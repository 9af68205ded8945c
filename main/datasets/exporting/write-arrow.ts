import { isCategorical } from '../../../preload/contract/column-types.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import { fileFooter, schemaMessage, type FileBlock } from '../arrow/messages.ts';
import { blockColumn, encodeColumns, framed, type EncodedBatch } from '../arrow/stream.ts';
import { ArrowDictionary } from './arrow-dictionary.ts';
import type { Output } from './open-output.ts';
import type { RowGroup } from './read-row-groups.ts';

const magic = Buffer.from('ARROW1');

/**
 * An Arrow IPC file (format/Columnar.rst, "IPC File Format"), one record batch a row group, not packed. Categoricals are dictionary
 * columns, ordered ones say so.
 */
export async function writeArrow(
  output: Output,
  fields: readonly Field[],
  groups: AsyncIterable<RowGroup>,
): Promise<void> {
  let at = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    at += bytes.length;
    await output.write(bytes);
  };
  const writeBatch = async ({ metadata, body, bodyLength }: EncodedBatch): Promise<FileBlock> => {
    const place = { offset: at, metadata: metadata.length, body: bodyLength };
    await write(metadata);
    for (const part of body) if (part.length > 0) await write(part);
    return place;
  };
  await write(Buffer.concat([magic, Buffer.alloc(2)]));
  await write(framed(schemaMessage(fields, { dictionaries: true })));
  const dictionaries = fields.map(({ type }, id) =>
    isCategorical(type) ? new ArrowDictionary(id, type) : undefined,
  );
  const blocks: FileBlock[] = [];
  const words: FileBlock[] = [];
  const writeNews = async (): Promise<void> => {
    for (const dictionary of dictionaries) {
      const news = dictionary?.news();
      if (news) words.push(await writeBatch(news));
    }
  };
  for await (const { rows, blocks: group } of groups) {
    const columns = group.map((block, i) => dictionaries[i]?.encode(block) ?? blockColumn(block));
    await writeNews();
    blocks.push(await writeBatch(encodeColumns(columns, rows)));
  }
  await writeNews();
  await write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  const footer = fileFooter(fields, blocks, words);
  const length = Buffer.alloc(4);
  length.writeInt32LE(footer.length);
  await write(Buffer.concat([footer, length, magic]));
}
