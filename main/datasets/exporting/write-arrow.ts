import { fileFooter, schemaMessage, type FileBlock } from '../arrow/messages.ts';
import { encodeBatch, framed } from '../arrow/stream.ts';
import type { Field } from '../../../preload/contract/datasets.ts';
import type { Output } from './open-output.ts';
import type { RowGroup } from './read-row-groups.ts';

const magic = Buffer.from('ARROW1');

/** An Arrow IPC file (format/Columnar.rst, "IPC File Format"), one record batch a row group, not packed. */
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
  await write(Buffer.concat([magic, Buffer.alloc(2)]));
  await write(framed(schemaMessage(fields)));
  const blocks: FileBlock[] = [];
  for await (const group of groups) {
    const { metadata, body, bodyLength } = encodeBatch(group.blocks, group.rows);
    blocks.push({ offset: at, metadata: metadata.length, body: bodyLength });
    await write(metadata);
    for (const part of body) if (part.length > 0) await write(part);
  }
  await write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
  const footer = fileFooter(fields, blocks);
  const length = Buffer.alloc(4);
  length.writeInt32LE(footer.length);
  await write(Buffer.concat([footer, length, magic]));
}
