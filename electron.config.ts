import { relative, resolve, sep } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { collectNotices } from './main/packaging/licences.ts';
import { readLock } from './main/packaging/read-lock.ts';
import { shippedPackages } from './main/packaging/shipped.ts';

const root = import.meta.dirname;
const mainFolder = resolve(root, 'out/main');

/**
 * Sources find files of the project (samples, engine pins) from where they stand in it. Bundled together they stand
 * elsewhere, so each keeps the address of its source; a packaged app carries `resources/` at the same place.
 */
const keepAddresses: Plugin = {
  name: 'keep-addresses',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(resolve(root, 'main')) || !code.includes('import.meta.')) return null;
    const address = JSON.stringify(relative(mainFolder, id).split(sep).join('/'));
    return {
      code: code.replaceAll(/\bimport\.meta\.url\b/g, `new URL(${address}, import.meta.url).href`),
      map: null,
    };
  },
};

/** Whose work is inside and on which terms, beside the page, which reads it when it is asked for. */
const notices: Plugin = {
  name: 'notices',
  generateBundle() {
    const shipped = shippedPackages(root, readLock(root));
    const source = JSON.stringify(collectNotices(root, shipped));
    this.emitFile({ type: 'asset', fileName: 'licences.json', source });
  },
};

/** Electron's main process and job process, the sandboxed preload, and the page that every host shows. */
export default defineConfig({
  main: {
    plugins: [keepAddresses],
    build: {
      outDir: mainFolder,
      target: 'node24',
      rollupOptions: {
        input: {
          main: resolve(root, 'main/hosts/electron/main.ts'),
          job: resolve(root, 'main/hosts/job/main.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      externalizeDeps: false,
      rollupOptions: {
        input: { index: resolve(root, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [react(), notices],
    // Plotly's modules look for Node's name of the global object.
    define: { global: 'globalThis' },
    build: {
      outDir: resolve(root, 'out/renderer'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: resolve(root, 'renderer/index.html') },
    },
  },
});
