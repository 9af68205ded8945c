import type { Typed } from './check.ts';
import { functions, oneOf, sameNumber, sameText } from './functions.ts';
import type { Machine } from './machine.ts';
import { numbersOf, textMissing, textsOf, type Value } from './values.ts';

/** Works an expression out on a machine; `column` gives a column as the machine has it. */
export function runExpression<N, T>(
  node: Typed,
  machine: Machine<N, T>,
  column: (name: string) => Value<N, T>,
): Value<N, T> {
  if (node.kind === 'number') return { kind: 'number', numbers: machine.number(node.value) };
  if (node.kind === 'text') return { kind: 'text', texts: machine.text(node.value) };
  if (node.kind === 'column') return column(node.name);
  const args = node.args.map((arg) => runExpression(arg, machine, column));
  switch (node.name) {
    case '=':
    case 'in':
      return oneAmong(node, machine, args);
    case 'is null':
      return {
        kind: 'number',
        numbers:
          args[0]?.kind === 'text' ? textMissing(machine, args[0].texts) : machine.isNaN(numbersOf(args, 0)),
      };
    case 'if':
      return choose(machine, truth(machine, numbersOf(args, 0)), args[1]!, args[2]!);
    case 'coalesce':
      return args.reduceRight((rest, value) => {
        const gone = value.kind === 'text' ? textMissing(machine, value.texts) : machine.isNaN(value.numbers);
        return choose(machine, gone, rest, value);
      });
    default:
      return functions[node.name]!.run(machine, args, node.literals);
  }
}

/** The first argument equals one of the others; missing where it is missing. */
function oneAmong<N, T>(
  node: Extract<Typed, { kind: 'call' }>,
  machine: Machine<N, T>,
  args: readonly Value<N, T>[],
): Value<N, T> {
  const [first] = args;
  if (first?.kind !== 'text') {
    const tests = args
      .slice(1)
      .map((_, i) => sameNumber(machine, numbersOf(args, 0), numbersOf(args, i + 1)));
    return { kind: 'number', numbers: anyOf(machine, tests) };
  }
  const literals = node.args.slice(1).flatMap((arg) => (arg.kind === 'text' ? [arg.value] : []));
  if (literals.length === node.args.length - 1 && !literals.includes('')) {
    return oneOf(machine, first.texts, literals);
  }
  const [left] = node.args;
  if (node.args.length === 2 && left?.kind === 'text' && left.value !== '') {
    return oneOf(machine, textsOf(args, 1), [left.value]);
  }
  const tests = args.slice(1).map((_, i) => {
    const test = sameText(machine, first.texts, textsOf(args, i + 1));
    return numbersOf([test], 0);
  });
  return { kind: 'number', numbers: anyOf(machine, tests) };
}

function anyOf<N, T>(machine: Machine<N, T>, tests: readonly N[]): N {
  const [first = machine.number(0), ...rest] = tests;
  return rest.reduce(
    (a, b) => numbersOf([functions['or']!.run(machine, [logic(a), logic(b)], [])], 0),
    first,
  );
}

function logic<N, T>(numbers: N): Value<N, T> {
  return { kind: 'number', numbers };
}

/** A mask: where logic is true, neither false nor missing. */
export function truth<N, T>(machine: Machine<N, T>, value: N): N {
  return machine.compare('Equal', value, machine.number(1));
}

function choose<N, T>(machine: Machine<N, T>, mask: N, yes: Value<N, T>, no: Value<N, T>): Value<N, T> {
  if (yes.kind === 'text' && no.kind === 'text') {
    return { kind: 'text', texts: machine.chooseText(mask, yes.texts, no.texts) };
  }
  return { kind: 'number', numbers: machine.choose(mask, numbersOf([yes], 0), numbersOf([no], 0)) };
}
