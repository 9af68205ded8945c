import { sha256 } from '../../../platform/files/index.ts';
import { onnxVersions } from '../../../platform/onnx/index.ts';
import { jsonValue, tableColumns } from '../../column-types.ts';
import { bundleFile, type BundleContent, type BundleFile, type Golden } from '../../content.ts';
import { defineFormat } from '../../format.ts';
import { yamlText } from '../../yaml-text.ts';
import { loaderModule, loaderSource } from './loader.ts';

/** What the bundle is loaded with; tested together in e2e/peers and beside this file. */
const packages = ['mlflow==3.17.2', 'onnx==1.23.2', 'onnxruntime==1.32.0', 'numpy==2.4.6', 'pandas==3.1.1'];
const python = '3.11';
const inputExample = 'input_example.json';

/** An MLflow model directory: `mlflow.pyfunc.load_model(DIR)` takes raw columns and gives one column per output. */
export const mlflow = defineFormat({
  id: 'mlflow',
  title: 'MLflow model',
  files: (content) => [
    bundleFile('MLmodel', yamlText(mlmodel(content))),
    bundleFile(`code/${loaderModule}.py`, loaderSource),
    // A file of this name: Python then can't keep compiled code here, which would be an unsigned file in a signed folder.
    bundleFile('code/__pycache__', 'Keeps Python from writing into a signed bundle.\n'),
    bundleFile('requirements.txt', `${packages.join('\n')}\n`),
    bundleFile(
      'python_env.yaml',
      yamlText({ python, build_dependencies: ['pip'], dependencies: ['-r requirements.txt'] }),
    ),
    bundleFile(
      'conda.yaml',
      yamlText({
        name: 'mlflow-env',
        channels: ['conda-forge'],
        dependencies: [`python=${python}`, 'pip', { pip: packages }],
      }),
    ),
    example(content),
  ],
});

function mlmodel(content: BundleContent) {
  const { record, graph } = content;
  return {
    flavors: {
      onnx: {
        data: 'model.onnx',
        onnx_version: onnxVersions.onnx,
        providers: ['CPUExecutionProvider'],
        code: null,
      },
      python_function: {
        code: 'code',
        data: 'model.onnx',
        env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
        loader_module: loaderModule,
        python_version: `${python}.0`,
      },
    },
    metadata: {
      'holdfast.model': `${record.model.name}@${record.model.version}`,
      'holdfast.run': record.run.id,
      'holdfast.snapshot': record.snapshot.id,
      'holdfast.recipe': record.run.recipe,
    },
    mlflow_version: '2.9.0',
    model_uuid: sha256(`${record.run.id} ${record.model.name}@${record.model.version}`).slice(0, 32),
    saved_input_example_info: { artifact_path: inputExample, pandas_orient: 'split', type: 'dataframe' },
    signature: {
      inputs: JSON.stringify(tableColumns(content).map(column)),
      outputs: JSON.stringify(graph.outputs.map(column)),
    },
    utc_time_created: record.model.created.replace('T', ' ').replace(/Z$/, '000'),
  };
}

function column({ name, type }: { readonly name: string; readonly type: string }) {
  return { type, name, required: true };
}

/** One golden row as a data frame; the one with the fewest gaps, since a frame of gaps shows nothing. */
function example(content: BundleContent): BundleFile {
  const columns = tableColumns(content);
  const gaps = ({ inputs }: Golden['rows'][number]) =>
    columns.filter(({ name }) => inputs[name] === null || inputs[name] === '').length;
  const { inputs } = content.golden.rows.reduce((best, row) => (gaps(row) < gaps(best) ? row : best));
  const values = columns.map(({ name, type }) => jsonValue(inputs[name] ?? null, type));
  const names = JSON.stringify(columns.map(({ name }) => name));
  return bundleFile(inputExample, `{"columns":${names},"data":[[${values.join(',')}]]}\n`);
}
