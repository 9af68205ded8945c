/** Signs of arithmetic that every machine has; IEEE 754 doubles. */
export type Arithmetic = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Pow';
export type Unary = 'Floor' | 'Ceil' | 'Abs' | 'Sqrt' | 'Exp' | 'Log';
export type Comparison = 'Equal' | 'Less' | 'LessOrEqual';

/**
 * What an expression is worked out by: whole columns of numbers in the app, nodes of a graph in an exported model. All functions
 * are written once over it, so both work alike. Numbers are doubles with NaN for missing; logic is 1, 0 or NaN; a mask is
 * 1 or 0; a missing text is ''.
 */
export interface Machine<Numbers, Texts> {
  number(value: number): Numbers;
  text(value: string): Texts;
  arithmetic(sign: Arithmetic, a: Numbers, b: Numbers): Numbers;
  unary(name: Unary, a: Numbers): Numbers;
  /** A mask; 0 where a side is NaN. */
  compare(sign: Comparison, a: Numbers, b: Numbers): Numbers;
  /** A mask. */
  isNaN(a: Numbers): Numbers;
  choose(mask: Numbers, yes: Numbers, no: Numbers): Numbers;
  chooseText(mask: Numbers, yes: Texts, no: Texts): Texts;
  /** A number for each text: by a table, else `other`. */
  match(text: Texts, table: ReadonlyMap<string, number>, other: number): Numbers;
  /** What only the app can do: texts of any form, made or looked into. null in a graph. */
  readonly free: FreeTexts<Numbers, Texts> | null;
}

/** Functions of the texts there are, applied to each different one. '' is missing and stays so. */
export interface FreeTexts<Numbers, Texts> {
  map(text: Texts, work: (text: string) => string): Texts;
  measure(text: Texts, work: (text: string) => number): Numbers;
  /** '' where one is missing. */
  concat(a: Texts, b: Texts): Texts;
  /** A mask. */
  same(a: Texts, b: Texts): Numbers;
}
