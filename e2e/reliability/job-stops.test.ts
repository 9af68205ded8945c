import { stopAtEachStep } from './stops.ts';

stopAtEachStep('job');
