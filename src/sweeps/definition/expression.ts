import jsep from 'jsep';
import { messageOf } from '../../core/errors.js';
import { suggestKey } from '../../core/suggest-key.js';

/** A checked expression: nothing in it can reach anything but the names it was given and the listed functions. */
export type ExpressionNode =
  | { readonly kind: 'literal'; readonly value: Scalar }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly ExpressionNode[] }
  | { readonly kind: 'unary'; readonly operator: string; readonly argument: ExpressionNode }
  | {
      readonly kind: 'binary';
      readonly operator: string;
      readonly left: ExpressionNode;
      readonly right: ExpressionNode;
    }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly ExpressionNode[] }
  | {
      readonly kind: 'choice';
      readonly test: ExpressionNode;
      readonly yes: ExpressionNode;
      readonly no: ExpressionNode;
    };

export type Scalar = number | string | boolean | null;

/** What is wrong with an expression, and at which character (from 0) of its text. */
export interface ExpressionProblem {
  readonly message: string;
  readonly offset: number;
  readonly fix?: string;
}

/** Which operators and names an expression may use. */
export interface ExpressionRules {
  readonly names: readonly string[];
  readonly unary: readonly string[];
  readonly binary: readonly string[];
  readonly functions: readonly string[];
}

/** Longest accepted expression: it also bounds how deep the parser can go. */
const MAX_LENGTH = 500;
const MAX_DEPTH = 50;

const SUFFIXES: Readonly<Record<string, number>> = { k: 1e3, M: 1e6, B: 1e9 };

configureParser();

/**
 * Parses an expression and checks every part of it against an allow-list.
 *
 * @returns the expression, or everything that is wrong with it; an unknown name is reported once
 * @example parseExpression('model.embedding <= 64 && parameters < 100k', rules)
 */
export function parseExpression(
  text: string,
  rules: ExpressionRules,
): ExpressionNode | readonly ExpressionProblem[] {
  if (text.length > MAX_LENGTH)
    return [{ message: `it is longer than ${MAX_LENGTH} characters`, offset: 0 }];
  let tree: jsep.Expression;
  try {
    tree = jsep(text);
  } catch (error) {
    const offset = error instanceof Error && 'index' in error ? Number(error.index) : 0;
    return [{ message: messageOf(error).replace(/ at character \d+$/, ''), offset }];
  }
  const problems = new Map<string, ExpressionProblem>();
  const node = check(tree, 0, {
    text,
    rules,
    report: (problem) => problems.set(problem.message, problem),
  });
  return problems.size > 0 ? [...problems.values()] : node;
}

/** The names that an expression looks up. */
export function namesIn(node: ExpressionNode): Set<string> {
  switch (node.kind) {
    case 'literal':
      return new Set();
    case 'name':
      return new Set([node.name]);
    case 'list':
      return new Set(node.items.flatMap((item) => [...namesIn(item)]));
    case 'unary':
      return namesIn(node.argument);
    case 'binary':
      return new Set([...namesIn(node.left), ...namesIn(node.right)]);
    case 'call':
      return new Set(node.arguments.flatMap((part) => [...namesIn(part)]));
    case 'choice':
      return new Set([node.test, node.yes, node.no].flatMap((part) => [...namesIn(part)]));
  }
}

interface CheckContext {
  readonly text: string;
  readonly rules: ExpressionRules;
  readonly report: (problem: ExpressionProblem) => void;
}

const NOTHING: ExpressionNode = { kind: 'literal', value: null };

function check(tree: unknown, depth: number, context: CheckContext): ExpressionNode {
  const { rules, report, text } = context;
  const refuse = (what: string, offset = 0, fix?: string): ExpressionNode => {
    report({ message: what, offset, ...(fix === undefined ? {} : { fix }) });
    return NOTHING;
  };
  if (depth > MAX_DEPTH) return refuse('it is nested too deeply');
  if (!isTree(tree)) return refuse('it is incomplete');
  const child = (part: unknown): ExpressionNode => check(part, depth + 1, context);
  const operator = textOf(tree['operator']);
  switch (tree.type) {
    case 'Literal': {
      const value = tree['value'];
      return isScalar(value) ? { kind: 'literal', value } : refuse('it holds an unknown literal');
    }
    case 'Identifier':
    case 'MemberExpression':
      return checkName(tree, context);
    case 'ArrayExpression':
      return { kind: 'list', items: listOf(tree['elements']).map(child) };
    case 'UnaryExpression':
      if (!rules.unary.includes(operator)) return refuseOperator(operator, rules.unary, context);
      return { kind: 'unary', operator, argument: child(tree['argument']) };
    case 'BinaryExpression':
      if (!rules.binary.includes(operator)) return refuseOperator(operator, rules.binary, context);
      return { kind: 'binary', operator, left: child(tree['left']), right: child(tree['right']) };
    case 'ConditionalExpression':
      return {
        kind: 'choice',
        test: child(tree['test']),
        yes: child(tree['consequent']),
        no: child(tree['alternate']),
      };
    case 'CallExpression': {
      const name = dottedName(tree['callee']);
      if (name === undefined) return refuse('it must not call what it computes');
      if (!rules.functions.includes(name)) {
        const known = rules.functions.length === 0 ? 'none' : rules.functions.join(', ');
        return refuse(`${name} is not a known function`, offsetOf(name, text), `Known: ${known}.`);
      }
      return { kind: 'call', name, arguments: listOf(tree['arguments']).map(child) };
    }
    case 'Compound':
    case 'SequenceExpression':
      return refuse(
        listOf(tree['body']).length === 0 ? 'it is empty' : 'it must be a single expression',
      );
    default:
      return refuse(`it must not contain ${tree.type}`);
  }
}

function refuseOperator(
  operator: string,
  known: readonly string[],
  { report, text }: CheckContext,
): ExpressionNode {
  report({
    message: `${operator} is not an operator that can be used here`,
    offset: Math.max(0, text.indexOf(operator)),
    fix: `Known: ${known.join(' ')}.`,
  });
  return NOTHING;
}

function checkName(tree: jsep.Expression, { rules, report, text }: CheckContext): ExpressionNode {
  const name = dottedName(tree);
  if (name === undefined) {
    report({ message: 'it must not compute names: write them with dots', offset: 0 });
    return NOTHING;
  }
  if (rules.names.includes(name)) return { kind: 'name', name };
  const suggestion = suggestKey(name, rules.names);
  report({
    message: `${name} is not a known name`,
    offset: offsetOf(name, text),
    fix:
      suggestion === undefined
        ? `Known: ${rules.names.join(', ')}.`
        : `Did you mean ${suggestion}?`,
  });
  return NOTHING;
}

function dottedName(tree: unknown): string | undefined {
  if (!isTree(tree)) return undefined;
  if (tree.type === 'Identifier') return textOf(tree['name']);
  if (tree.type !== 'MemberExpression' || tree['computed'] === true || tree['optional'] === true)
    return undefined;
  const object = dottedName(tree['object']);
  const property = dottedName(tree['property']);
  return object === undefined || property === undefined ? undefined : `${object}.${property}`;
}

/** Where a name first stands in the text, outside quotes (the parser keeps no positions). */
function offsetOf(name: string, text: string): number {
  const unquoted = text.replaceAll(/'[^']*'|"[^"]*"/g, (quoted) => ' '.repeat(quoted.length));
  const parts = name.split('.').map((part) => part.replaceAll(/[^\w]/g, String.raw`\$&`));
  const pattern = String.raw`(?<![\w.$])${parts.join(String.raw`\s*\.\s*`)}(?![\w$])`;
  return Math.max(0, unquoted.search(new RegExp(pattern)));
}

function configureParser(): void {
  for (const operator of ['<', '<=', '>', '>=', '==']) jsep.addUnaryOp(operator);
  jsep.addBinaryOp('in', jsep.binary_ops['<'] ?? 7);
  jsep.hooks.add('gobble-token', function (environment) {
    const match = /^\d+(?:\.\d+)?(?:[eE][+-]?\d+)?([kMB])(?![\w.])/.exec(
      this.expr.slice(this.index),
    );
    if (match === null) return;
    const raw = match[0];
    this.index += raw.length;
    const value = Number(raw.slice(0, -1)) * (SUFFIXES[match[1] ?? ''] ?? 1);
    environment.node = { type: 'Literal', value, raw };
  });
}

function isTree(value: unknown): value is jsep.Expression {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['number', 'string', 'boolean'].includes(typeof value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
