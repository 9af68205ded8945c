export { ExpressionError } from './tokens.ts';
export { columnsOf, parseExpression } from './parse.ts';
export { beyondGraphs, checkExpression, type ColumnKinds, type Typed } from './check.ts';
export { evaluateExpression, expressionMask, kindsOf } from './evaluate.ts';
export { expressionNodes } from './expression-nodes.ts';
