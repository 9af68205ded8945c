import { jsonValue, tableColumns } from './column-types.ts';
import { bundleFile, jsonText, type BundleContent, type BundleFile } from './content.ts';
import { bundleFormats } from './formats/index.ts';
import { byPath, collidingPaths, maxFiles, pathFault } from './paths.ts';

/**
 * Every file of a bundle but its signature, in path order. Pure: the same content gives the same paths and bytes, on any
 * machine and at any time.
 */
export function bundleFiles(content: BundleContent): readonly BundleFile[] {
  const { record, graph } = content;
  const files: BundleFile[] = [
    bundleFile('model.onnx', graph.bytes),
    bundleFile('recipe.yaml', content.recipeYaml),
    bundleFile('lineage.json', jsonText(record)),
    bundleFile(
      'metrics.json',
      jsonText({ target: record.run.target, task: record.run.task, ...record.run.metrics }),
    ),
    bundleFile('golden.json', goldenText(content)),
    bundleFile('data-manifest.json', jsonText(content.data)),
    ...content.objects,
  ];
  for (const format of bundleFormats) {
    files.push(
      ...format.files(
        content,
        files.map(({ path }) => path),
      ),
    );
  }
  return checked(files).sort(byPath);
}

/** As JSON whose values read back with the types of the columns, in Python too. */
function goldenText(content: BundleContent): string {
  const columns = tableColumns(content);
  const rows = content.golden.rows.map(({ row, inputs, outputs }) => {
    const values = columns.map(
      ({ name, type }) => `${JSON.stringify(name)}: ${jsonValue(inputs[name] ?? null, type)}`,
    );
    return `    {"row": ${row}, "inputs": {${values.join(', ')}}, "outputs": ${JSON.stringify(outputs)}}`;
  });
  const { format, tolerance } = content.golden;
  return `{\n  "format": ${format},\n  "tolerance": ${tolerance},\n  "rows": [\n${rows.join(',\n')}\n  ]\n}\n`;
}

function checked(files: BundleFile[]): BundleFile[] {
  const paths = files.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new Error(`the bundle has two files called "${twice}"`);
  if (paths.length > maxFiles)
    throw new Error(`the bundle has ${paths.length} files; at most ${maxFiles} are allowed`);
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault !== undefined) throw new Error(`"${path}" can't be in a bundle: ${fault}`);
  }
  const [pair] = collidingPaths(paths);
  if (pair) throw new Error(`"${pair[0]}" and "${pair[1]}" are the same file on some systems`);
  return files;
}
