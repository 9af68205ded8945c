export { checkService } from './service.ts';
export { biasTask } from './tasks.ts';
