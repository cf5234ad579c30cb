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
  lookUp: (name: string) => ExpressionValue,
  compareAlone: (operator: string, value: ExpressionValue) => boolean = () => false,
): ExpressionValue {
  const value = (part: ExpressionNode): ExpressionValue => evaluate(part, lookUp, compareAlone);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'name':
      return lookUp(node.name) ?? null;
    case 'list':
      return node.items.map(value);
    case 'choice':
      return value(node.test) === true ? value(node.yes) : value(node.no);
    case 'call':
      return FUNCTIONS[node.name]?.(...node.arguments.map((part) => toNumber(value(part))));
    case 'unary':
      return evaluateUnary(node.operator, value(node.argument), compareAlone);
    case 'binary':
      if (node.operator === '&&') return value(node.left) === true && value(node.right) === true;
      if (node.operator === '||') return value(node.left) === true || value(node.right) === true;
      return evaluateBinary(node.operator, value(node.left), value(node.right));
  }
}

function evaluateUnary(
  operator: string,
  value: ExpressionValue,
  compareAlone: (operator: string, value: ExpressionValue) => boolean,
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
  const order = compare(left, right);
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
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
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
