import type { ExpressionNode } from './expression.js';

/** A value in an expression: what a configuration can hold, or a list of such values. */
export type ExpressionValue = unknown;

/** Functions that can be called in an expression. */
const FUNCTIONS: Readonly<Record<string, (...values: number[]) => number>> = {
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
  sqrt: Math.sqrt,
  log2: Math.log2,
  floor: Math.floor,
  ceil: Math.ceil,
  round: Math.round,
};

export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

type LookUp = (name: string) => ExpressionValue;
type CompareAlone = (operator: string, value: ExpressionValue) => boolean;
/** An expression as a function: a `where` is evaluated for a million cases. */
type Evaluation = (lookUp: LookUp, compareAlone: CompareAlone) => ExpressionValue;

const NO_COMPARISON: CompareAlone = () => false;

/**
 * The value of an expression.
 *
 * There is no conversion between types: an order between different types does not hold (`null < 5` is false), and
 * arithmetic with anything but numbers gives NaN, of which no comparison holds.
 *
 * @param lookUp value of a name; undefined where this run has none (a field of another data source)
 * @param compareAlone meaning of `< 5` without a left side
 */
export function evaluate(
  node: ExpressionNode,
  lookUp: LookUp,
  compareAlone: CompareAlone = NO_COMPARISON,
): ExpressionValue {
  const known = evaluations.get(node);
  if (known !== undefined) return known(lookUp, compareAlone);
  const evaluation = prepare(node);
  evaluations.set(node, evaluation);
  return evaluation(lookUp, compareAlone);
}

const evaluations = new WeakMap<ExpressionNode, Evaluation>();

/** Made of closures, one in another: nothing of a definition is ever run as code. */
function prepare(node: ExpressionNode): Evaluation {
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'name': {
      const { name } = node;
      return (lookUp) => lookUp(name) ?? null;
    }
    case 'list': {
      const items = node.items.map(prepare);
      return (lookUp, compareAlone) => items.map((item) => item(lookUp, compareAlone));
    }
    case 'choice': {
      const [test, yes, no] = [prepare(node.test), prepare(node.yes), prepare(node.no)];
      return (lookUp, compareAlone) =>
        test(lookUp, compareAlone) === true ? yes(lookUp, compareAlone) : no(lookUp, compareAlone);
    }
    case 'call': {
      const call = FUNCTIONS[node.name];
      const parts = node.arguments.map(prepare);
      return (lookUp, compareAlone) =>
        call?.(...parts.map((part) => toNumber(part(lookUp, compareAlone))));
    }
    case 'unary': {
      const { operator } = node;
      const argument = prepare(node.argument);
      return (lookUp, compareAlone) =>
        evaluateUnary(operator, argument(lookUp, compareAlone), compareAlone);
    }
    case 'binary':
      return prepareBinary(node.operator, prepare(node.left), prepare(node.right));
  }
}

function prepareBinary(operator: string, left: Evaluation, right: Evaluation): Evaluation {
  if (operator === '&&')
    return (lookUp, compareAlone) =>
      left(lookUp, compareAlone) === true && right(lookUp, compareAlone) === true;
  if (operator === '||')
    return (lookUp, compareAlone) =>
      left(lookUp, compareAlone) === true || right(lookUp, compareAlone) === true;
  return (lookUp, compareAlone) =>
    evaluateBinary(operator, left(lookUp, compareAlone), right(lookUp, compareAlone));
}

function evaluateUnary(
  operator: string,
  value: ExpressionValue,
  compareAlone: CompareAlone,
): ExpressionValue {
  switch (operator) {
    case '!':
      return value !== true;
    case '-':
      return -toNumber(value);
    case '+':
      return toNumber(value);
    default:
      return compareAlone(operator, value);
  }
}

/** Comparison and arithmetic of two values. */
export function evaluateBinary(
  operator: string,
  left: ExpressionValue,
  right: ExpressionValue,
): ExpressionValue {
  switch (operator) {
    case '==':
    case '===':
      return isSame(left, right);
    case '!=':
    case '!==':
      return !isSame(left, right);
    case 'in':
      return Array.isArray(right) && right.some((item) => isSame(left, item));
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
    default:
      return arithmetic(operator, toNumber(left), toNumber(right));
  }
}

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    case '**':
      return left ** right;
    default:
      return NaN;
  }
}

/** Negative, zero or positive; NaN for values that have no order. */
function compare(left: ExpressionValue, right: ExpressionValue): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string')
    return left === right ? 0 : left < right ? -1 : 1;
  return NaN;
}

function isSame(left: ExpressionValue, right: ExpressionValue): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  return left === right;
}

function toNumber(value: ExpressionValue): number {
  return typeof value === 'number' ? value : NaN;
}
