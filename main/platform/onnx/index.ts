export * from './graph.ts';
export { createOnnxGraph, type OnnxGraphWriter } from './create-graph.ts';
export {
  openOnnx,
  runOnnx,
  type OnnxColumn,
  type OnnxInput,
  type OnnxOutput,
  type OnnxSession,
} from './run-onnx.ts';
