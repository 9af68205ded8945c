export { bundleService } from './service.ts';
export { exportBundle, type ExportedBundle, type ExportOptions } from './export-bundle.ts';
export { importBundle, type ImportedBundle, type ImportOptions } from './import-bundle.ts';
