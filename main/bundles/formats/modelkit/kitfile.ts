import * as z from 'zod';
import { bundleFile, type BundleContent } from '../../content.ts';
import { signatureFile } from '../../signing/index.ts';
import { defineFormat } from '../../format.ts';
import { yamlText } from '../../yaml-text.ts';

const Json: z.ZodType<Readonly<Record<string, unknown>>> = z.record(z.string(), z.unknown());

/** The keys a Kitfile may have; KitOps refuses any other (kitops-ml/kitops, pkg/artifact/kitfile.go). */
export const Kitfile = z.strictObject({
  manifestVersion: z.string(),
  package: z.strictObject({
    name: z.string(),
    version: z.string(),
    description: z.string(),
    license: z.string().optional(),
    authors: z.array(z.string()).optional(),
  }),
  model: z.strictObject({
    name: z.string(),
    path: z.string(),
    license: z.string().optional(),
    framework: z.string().optional(),
    format: z.string().optional(),
    version: z.string().optional(),
    description: z.string().optional(),
    parts: z
      .array(
        z.strictObject({
          name: z.string(),
          path: z.string(),
          license: z.string().optional(),
          type: z.string().optional(),
        }),
      )
      .optional(),
    parameters: Json.optional(),
  }),
  code: z
    .array(
      z.strictObject({
        path: z.string(),
        description: z.string().optional(),
        license: z.string().optional(),
      }),
    )
    .optional(),
  datasets: z
    .array(
      z.strictObject({
        name: z.string(),
        path: z.string(),
        description: z.string().optional(),
        license: z.string().optional(),
        parameters: Json.optional(),
      }),
    )
    .optional(),
  docs: z.array(z.strictObject({ path: z.string(), description: z.string().optional() })).optional(),
});
export type Kitfile = z.infer<typeof Kitfile>;

const docs = new Set(['MODEL_CARD.md']);

/**
 * The Kitfile: which files are model, documentation and data, for KitOps and for registries. Everything stays at the top of
 * the folder, where MLflow looks for it; only data and code have folders of their own.
 */
export const modelkit = defineFormat({
  id: 'modelkit',
  title: 'ModelKit',
  files: (content, others) => [bundleFile('Kitfile', yamlText(Kitfile.parse(kitfile(content, others))))],
});

function kitfile({ record }: BundleContent, others: readonly string[]): Kitfile {
  const { model, run, dataset, snapshot } = record;
  const parts = [...others, signatureFile].filter(
    (path) => path !== 'model.onnx' && !docs.has(path) && !/^(data|code)\//.test(path),
  );
  return {
    manifestVersion: '1.0.0',
    package: {
      name: model.name,
      version: String(model.version),
      description: `${run.family} model that predicts ${run.target}`,
      authors: [model.by],
    },
    model: {
      name: model.name,
      path: 'model.onnx',
      framework: 'holdfast',
      format: 'onnx',
      version: String(model.version),
      parts: parts.sort().map((path) => ({ name: path, path })),
      parameters: {
        family: run.family,
        recipe: run.recipe,
        run: run.id,
        snapshot: snapshot.id,
        task: run.task,
      },
    },
    code: [{ path: 'code', description: 'loads the model in MLflow' }],
    datasets: [
      {
        name: dataset.name,
        path: 'data',
        description: `version ${dataset.version}`,
        parameters: { rows: snapshot.rows, snapshot: snapshot.id },
      },
    ],
    docs: others.filter((path) => docs.has(path)).map((path) => ({ path, description: 'model card' })),
  };
}
