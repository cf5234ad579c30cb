import { evaluate, FUNCTION_NAMES } from './evaluate.js';
import { parseExpression, type ExpressionNode, type ExpressionProblem } from './expression.js';
import { FIELDS } from './fields.js';

/** The condition that keeps a run in the sweep. */
export interface WhereClause {
  readonly text: string;
  /** Place in the definition file. */
  readonly where: string;
  readonly expression: ExpressionNode;
}

const RULES = {
  /** The fields of a resolved configuration, and what is known of a run beside them. */
  names: [...FIELDS.keys(), 'parameters', 'name', 'replicate'],
  unary: ['!', '-', '+'],
  binary: [
    ...['&&', '||', '==', '!=', '===', '!==', '<', '<=', '>', '>=', 'in'],
    ...['+', '-', '*', '/', '%', '**'],
  ],
  functions: FUNCTION_NAMES,
};

/** Parses a condition such as `model.embedding <= 64 && parameters < 100k`. */
export function parseWhere(text: string): ExpressionNode | readonly ExpressionProblem[] {
  return parseExpression(text, RULES);
}

/** The value of the condition for one run; anything but true or false is the definition's mistake. */
export function evaluateWhere(
  { expression }: WhereClause,
  lookUp: (name: string) => unknown,
): unknown {
  return evaluate(expression, lookUp);
}
