export { fillLags, lagColumns, lagFacts, LagPlan, lagProblems, lagSources, WrittenLags } from './plan.ts';
export { makeLags } from './add-lags.ts';
export { History, historyInputs, lagsAfter, takeHistory } from './history.ts';
