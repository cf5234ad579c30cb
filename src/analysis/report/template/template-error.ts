import { LiquidError, type Token } from 'liquidjs';
import { SweepError, type Diagnostic } from '../../../core/errors.js';
import { suggestionFor } from '../../../core/suggest-key.js';
import { TemplateProblem } from './template-problem.js';
import type { TemplateScope } from './template-scope.js';
import { unknownName } from './unknown-name.js';

export interface ErrorContext {
  /** Of the template, as it is told. */
  readonly file: string;
  readonly scope: TemplateScope;
  readonly tags: readonly string[];
  readonly filters: readonly string[];
}

/** More would hide the first. */
const MAX_SHOWN = 20;

/** What liquidjs threw, as an error with file, line and column; null for what is not about the template. */
export function templateError(error: unknown, context: ErrorContext): SweepError | null {
  const limit = limitProblem(error);
  if (limit !== null) {
    return new SweepError(
      'bad-call',
      { where: context.file, message: limit.message, fix: limit.fix },
      { cause: error },
    );
  }
  if (!isLiquidError(error)) return null;
  const diagnostics = singleErrors(error).map((single) => diagnose(single, context));
  const distinct = new Map(diagnostics.map((one) => [`${one.where} ${one.message}`, one]));
  return new SweepError('bad-call', [...distinct.values()].slice(0, MAX_SHOWN), { cause: error });
}

interface PlacedError extends Error {
  readonly token: Token;
  readonly originalError?: unknown;
  readonly errors?: readonly PlacedError[];
}

function isLiquidError(error: unknown): error is PlacedError {
  return LiquidError.is(error);
}

/** An error of a loop holds those of its body. */
function singleErrors(error: PlacedError): PlacedError[] {
  return error.errors === undefined ? [error] : error.errors.flatMap(singleErrors);
}

function diagnose(
  error: PlacedError,
  context: ErrorContext,
): Diagnostic & { readonly where: string } {
  const [line, column] = error.token.getPosition();
  const { message, fix } = problemOf(error, context);
  return { where: `${context.file}:${line ?? 1}:${column ?? 1}`, message, fix };
}

function problemOf(error: PlacedError, context: ErrorContext): TemplateProblem {
  const { originalError } = error;
  if (originalError instanceof TemplateProblem) return originalError;
  const limit = limitProblem(originalError);
  if (limit !== null) return limit;
  const message = originalError instanceof Error ? originalError.message : error.message;
  if (error.name === 'UndefinedVariableError')
    return unknownName(context.scope, message.replace(/^undefined variable: /, ''));
  const [, filter] = /^undefined filter: (.*)$/.exec(message) ?? [];
  if (filter !== undefined)
    return new TemplateProblem(`unknown filter ${filter}`, suggestionFor(filter, context.filters));
  const [, tag] = /^tag "(.*)" not found$/.exec(message) ?? [];
  if (tag !== undefined)
    return new TemplateProblem(`unknown tag ${tag}`, suggestionFor(tag, context.tags));
  // liquidjs puts the place behind the message.
  return new TemplateProblem(
    message.replace(/, (?:file|line):?\s?.*$/s, ''),
    'Tags stand in {% %}, values in {{ }}; docs/templates.md shows both.',
  );
}

function limitProblem(error: unknown): TemplateProblem | null {
  if (!(error instanceof Error) || !/ limit exceeded$/.test(error.message)) return null;
  return new TemplateProblem(
    `the template cannot be filled in: ${error.message}`,
    'Look for a loop that goes on for too long.',
  );
}
