import { bundleFile, jsonText } from '../../content.ts';
import { defineFormat } from '../../format.ts';

/** `mlserver start DIR` (Seldon, KServe) serves the bundle with the Open Inference Protocol. */
export const mlserver = defineFormat({
  id: 'mlserver',
  title: 'MLServer settings',
  files: ({ record }) => [
    bundleFile(
      'model-settings.json',
      jsonText({
        name: record.model.name,
        implementation: 'mlserver_mlflow.MLflowRuntime',
        parameters: { uri: '.', version: `v${record.model.version}` },
      }),
    ),
  ],
});
