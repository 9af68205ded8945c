export { lineageService } from './service.ts';
