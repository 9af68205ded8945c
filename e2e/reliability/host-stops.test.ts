import { stopAtEachStep } from './stops.ts';

stopAtEachStep('host');
