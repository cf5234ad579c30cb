import { evaluate, evaluateBinary } from './evaluate.js';
import { parseExpression, type ExpressionNode, type ExpressionProblem } from './expression.js';

/** What the number of parameters of a run must satisfy. */
export interface Budget {
  /** As it is written: `< 100k`. */
  readonly text: string;
  /** Place in the definition file. */
  readonly where: string;
  readonly expression: ExpressionNode;
}

/** How far "about" reaches: `~ 5M` is met by 4.25 to 5.75 million. The study's "~ 500k" model has 556,919, 11 % more. */
const TOLERANCE = 0.15;

const RULES = {
  names: [],
  unary: ['<', '<=', '>', '>=', '==', '~', '!'],
  binary: ['&&', '||'],
  functions: [],
};

/** Parses a budget such as `< 100k`, `~ 5M` or `>= 50k && < 100k`. */
export function parseBudget(text: string): ExpressionNode | readonly ExpressionProblem[] {
  const parsed = parseExpression(text, RULES);
  if (!('kind' in parsed)) return parsed;
  return isComparison(parsed)
    ? parsed
    : [{ message: 'it is not a comparison with a number', offset: 0 }];
}

/** Whether a model of this many parameters is within the budget. */
export function meetsBudget({ expression }: Budget, parameters: number): boolean {
  const holds = evaluate(
    expression,
    () => null,
    (operator, value) => {
      if (operator !== '~') return evaluateBinary(operator, parameters, value) === true;
      return typeof value === 'number' && Math.abs(parameters - value) <= TOLERANCE * value;
    },
  );
  return holds === true;
}

/** Whether each leaf is a number compared with the count, so that `100k` or `< true` are not taken for a budget. */
function isComparison(node: ExpressionNode): boolean {
  if (node.kind === 'binary') return isComparison(node.left) && isComparison(node.right);
  if (node.kind !== 'unary') return false;
  if (node.operator === '!') return isComparison(node.argument);
  return node.argument.kind === 'literal' && typeof node.argument.value === 'number';
}
