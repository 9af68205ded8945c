export { remoteService } from './service.ts';
