export { joinColumns, joinedNames, JoinPlan, joinKeys, joinWords, WrittenJoin } from './plan.ts';
export {
  chooseJoins,
  joinedData,
  snapshotManifest,
  type ChosenJoins,
  type JoinedData,
} from './choose-joins.ts';
export { lookUp, unmatchedNote } from './look-up.ts';
export {
  readJoined,
  readRecipeTable,
  type ColumnPlan,
  type RecipeData,
  type RecipeTable,
} from './read-recipe-table.ts';
