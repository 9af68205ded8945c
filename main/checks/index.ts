export { checkService } from './service.ts';
export { biasTask, compareTask } from './tasks.ts';
