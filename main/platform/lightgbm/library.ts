import { createRequire } from 'node:module';
import type * as koffiTypes from 'koffi';
import { fail } from '../../../preload/contract/errors.ts';

/** A native function: its last arguments may be one-element arrays that C writes to. */
export type Native<Arguments extends readonly unknown[]> = (...args: Arguments) => number;

/** What C writes to; koffi hands back small numbers as numbers. */
export type Out = (bigint | number)[];

/** The functions of LightGBM's C API (include/LightGBM/c_api.h, 4.7) used here. All but the last return 0 or -1. */
export interface Library {
  readonly sampleCount: Native<[rows: number, parameters: string, out: number[]]>;
  readonly sampleIndices: Native<[rows: number, parameters: string, out: Int32Array, length: number[]]>;
  readonly datasetFromSample: Native<
    [
      values: BigUint64Array,
      indices: BigUint64Array,
      columns: number,
      perColumn: Int32Array,
      sampled: number,
      rows: number,
      total: bigint,
      parameters: string,
      out: Out,
    ]
  >;
  readonly datasetByReference: Native<[reference: bigint, rows: bigint, out: Out]>;
  readonly pushRows: Native<
    [dataset: bigint, rows: Float64Array, type: number, count: number, columns: number, first: number]
  >;
  readonly setField: Native<
    [dataset: bigint, name: string, values: Float32Array | null, count: number, type: number]
  >;
  readonly freeDataset: Native<[dataset: bigint]>;
  readonly createBooster: Native<[dataset: bigint, parameters: string, out: Out]>;
  readonly addValidation: Native<[booster: bigint, dataset: bigint]>;
  readonly update: Native<[booster: bigint, finished: number[]]>;
  readonly updateAsync: (booster: bigint, finished: number[]) => Promise<number>;
  readonly evaluate: Native<[booster: bigint, which: number, length: number[], results: Float64Array]>;
  readonly saveModel: Native<
    [
      booster: bigint,
      start: number,
      iterations: number,
      importance: number,
      size: bigint,
      needed: Out,
      out: Uint8Array | null,
    ]
  >;
  readonly loadModel: Native<[text: string, iterations: number[], out: Out]>;
  readonly predict: Native<
    [
      booster: bigint,
      rows: Float64Array,
      type: number,
      count: number,
      columns: number,
      rowMajor: number,
      kind: number,
      start: number,
      iterations: number,
      parameters: string,
      length: Out,
      out: Float64Array,
    ]
  >;
  readonly freeBooster: Native<[booster: bigint]>;
  /** The address of a typed array's memory; the array must outlive its use. */
  readonly address: (values: ArrayBufferView) => bigint;
  readonly lastError: () => string;
}

const loaded = new Map<string, Library>();

/** Loads LightGBM's shared library, once per path; throws the words of the system's loader. */
export function loadLibrary(path: string): Library {
  const before = loaded.get(path);
  if (before) return before;
  // Idle threads of one job must not take the processor from the rest of the machine; read when libgomp starts.
  process.env['OMP_WAIT_POLICY'] ??= 'PASSIVE';
  const koffi: typeof koffiTypes = createRequire(import.meta.url)('koffi');
  const native = koffi.load(path);
  const update = native.func('int LGBM_BoosterUpdateOneIter(uintptr_t, _Out_ int *)');
  const library: Library = {
    sampleCount: native.func('int LGBM_GetSampleCount(int32_t, const char *, _Out_ int *)'),
    sampleIndices: native.func('int LGBM_SampleIndices(int32_t, const char *, void *, _Out_ int32_t *)'),
    datasetFromSample: native.func(
      'int LGBM_DatasetCreateFromSampledColumn(void *, void *, int32_t, void *, int32_t, int32_t, int64_t, const char *, _Out_ uintptr_t *)',
    ),
    datasetByReference: native.func(
      'int LGBM_DatasetCreateByReference(uintptr_t, int64_t, _Out_ uintptr_t *)',
    ),
    pushRows: native.func('int LGBM_DatasetPushRows(uintptr_t, void *, int, int32_t, int32_t, int32_t)'),
    setField: native.func('int LGBM_DatasetSetField(uintptr_t, const char *, void *, int, int)'),
    freeDataset: native.func('int LGBM_DatasetFree(uintptr_t)'),
    createBooster: native.func('int LGBM_BoosterCreate(uintptr_t, const char *, _Out_ uintptr_t *)'),
    addValidation: native.func('int LGBM_BoosterAddValidData(uintptr_t, uintptr_t)'),
    update,
    updateAsync: (booster, finished) =>
      new Promise((resolve, reject) => {
        update.async(booster, finished, (error: Error | null, code: number) => {
          if (error) reject(error);
          else resolve(code);
        });
      }),
    evaluate: native.func('int LGBM_BoosterGetEval(uintptr_t, int, _Out_ int *, void *)'),
    saveModel: native.func(
      'int LGBM_BoosterSaveModelToString(uintptr_t, int, int, int, int64_t, _Out_ int64_t *, void *)',
    ),
    loadModel: native.func(
      'int LGBM_BoosterLoadModelFromString(const char *, _Out_ int *, _Out_ uintptr_t *)',
    ),
    predict: native.func(
      'int LGBM_BoosterPredictForMat(uintptr_t, void *, int, int32_t, int32_t, int, int, int, int, const char *, _Out_ int64_t *, void *)',
    ),
    freeBooster: native.func('int LGBM_BoosterFree(uintptr_t)'),
    address: (values) => koffi.address(values),
    lastError: native.func('const char *LGBM_GetLastError()'),
  };
  loaded.set(path, library);
  return library;
}

/** Throws `engine-failed` with LightGBM's own words unless the code is 0. */
export function check(library: Library, code: number): void {
  if (code !== 0) throw fail('engine-failed', { engine: 'LightGBM', reason: library.lastError() });
}

/** The one value a function writes to; handles are addresses. */
export function handleFrom(library: Library, make: (out: Out) => number): bigint {
  const out: Out = [0n];
  check(library, make(out));
  return BigInt(out[0] ?? 0);
}
