import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { build } from 'vite';
import electronConfig from '../../electron.config.ts';

/** Builds the preload by the real configuration, in memory. */
async function buildPreload(): Promise<string> {
  const config =
    typeof electronConfig === 'object' && 'preload' in electronConfig ? electronConfig.preload : undefined;
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      rollupOptions: { ...config?.build?.rollupOptions, external: ['electron'], platform: 'node' },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  expect(chunks.map(({ fileName }) => fileName)).toEqual(['index.cjs']);
  return chunks[0]?.code ?? '';
}

test('the preload is one small CommonJS file that needs only electron, and exposes these eight functions', async () => {
  const code = await buildPreload();
  expect(code.length).toBeLessThan(3000);
  const required: string[] = [];
  const exposed = new Map<string, Record<string, unknown>>();
  const sent: unknown[][] = [];
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: Record<string, unknown>) => exposed.set(name, api),
    },
    ipcRenderer: { send: (...args: unknown[]) => sent.push(args) },
    webUtils: {},
  };
  runInNewContext(code, {
    exports: {},
    require: (name: string) => {
      required.push(name);
      return electron;
    },
  });
  expect(required).toEqual(['electron']);
  expect([...exposed.keys()]).toEqual(['holdfast']);
  const bridge = exposed.get('holdfast') ?? {};
  expect(Object.keys(bridge).sort()).toEqual([
    'call',
    'cancel',
    'choose',
    'onMenu',
    'onOpen',
    'pathOf',
    'showMenu',
    'subscribe',
  ]);
  expect(Object.values(bridge).every((value) => typeof value === 'function')).toBe(true);
  runInNewContext('cancel("call-1")', bridge);
  expect(sent).toEqual([['holdfast:cancel', 'call-1']]);
});

test('the configuration keeps the bundle names the Electron host looks for', () => {
  const main =
    typeof electronConfig === 'object' && 'main' in electronConfig ? electronConfig.main : undefined;
  expect(Object.keys(Object(main?.build?.rollupOptions?.input))).toEqual(['main', 'job']);
  expect(main?.build?.outDir).toBe(join(import.meta.dirname, '..', '..', 'out', 'main'));
});
