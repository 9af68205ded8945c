import type { BundleContent, BundleFile } from './content.ts';

/**
 * The files some other tool reads a model by. One folder under `formats/` and one line in the list; a format adds files
 * beside `model.onnx` and the rest, and may not depend on anything but the content: the same content, the same bytes.
 *
 * @example
 * export const mlserver = defineFormat({ id: 'mlserver', title: 'MLServer', files: ({ record }) => [...] });
 */
export interface BundleFormat {
  readonly id: string;
  readonly title: string;
  /** `others` are the paths of all files before, in the list's order. */
  files(content: BundleContent, others: readonly string[]): readonly BundleFile[];
}

export function defineFormat(format: BundleFormat): BundleFormat {
  return format;
}
