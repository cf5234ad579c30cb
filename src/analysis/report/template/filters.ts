import { SourcedNumber, type NumberFormat } from './sourced-number.js';
import { TemplateProblem } from './template-problem.js';

/** A filter of a template: `{{ value | name: argument }}`. */
export type TemplateFilter = (value: unknown, ...args: unknown[]) => unknown;

/** toFixed takes at most so many. */
const MAX_DECIMALS = 20;

/** Every filter there is. How a number is written leaves its source; a calculation has a source of its own. */
export const FILTERS: Readonly<Record<string, TemplateFilter>> = {
  round: formatting('round', (decimals) => (value) => fixed(value, decimals)),
  percent: formatting('percent', (decimals) => (value) => `${fixed(value * 100, decimals)}%`),
  abs: calculation('abs', 0, (value) => Math.abs(value)),
  plus: calculation('plus', 1, (value, other = 0) => value + other),
  minus: calculation('minus', 1, (value, other = 0) => value - other),
  times: calculation('times', 1, (value, other = 1) => value * other),
  divided_by: calculation('divided_by', 1, (value, other = 1) => value / other),
  upcase: textFilter('upcase', (text) => text.toUpperCase()),
  downcase: textFilter('downcase', (text) => text.toLowerCase()),
  capitalize: textFilter('capitalize', (text) => text.charAt(0).toUpperCase() + text.slice(1)),
};

function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

function formatting(name: string, format: (decimals: number) => NumberFormat): TemplateFilter {
  return (value, decimals = 0) => {
    if (value === null) return null;
    if (!(value instanceof SourcedNumber)) throw notANumber(name);
    if (!isDecimals(decimals)) {
      throw new TemplateProblem(
        `${name} must be followed by a number of decimals from 0 to ${MAX_DECIMALS}`,
        `As in {{ run.NAME.test.nll | ${name}: 2 }}.`,
      );
    }
    return value.withFormat(format(decimals));
  };
}

function isDecimals(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_DECIMALS;
}

function calculation(
  name: string,
  count: number,
  calculate: (value: number, ...others: number[]) => number,
): TemplateFilter {
  return (value, ...others) => {
    if (others.length !== count) {
      throw new TemplateProblem(
        `${name} takes ${count === 0 ? 'nothing after it' : 'one number after it'}`,
        `As in {{ run.NAME.test.nll | ${name}${count === 0 ? '' : ': run.OTHER.test.nll'} }}.`,
      );
    }
    // Of what has no value yet nothing can be said.
    if (value === null || others.includes(null)) return null;
    if (!(value instanceof SourcedNumber) || !others.every(isOperand)) throw notANumber(name);
    return value.compute(name, calculate, others);
  };
}

function isOperand(value: unknown): value is SourcedNumber | number {
  return value instanceof SourcedNumber || typeof value === 'number';
}

function textFilter(name: string, change: (text: string) => string): TemplateFilter {
  return (value) => {
    if (value === null) return null;
    if (typeof value !== 'string') {
      throw new TemplateProblem(
        `${name} works on a text only`,
        'Leave the filter out, or name a text.',
      );
    }
    return change(value);
  };
}

function notANumber(name: string): TemplateProblem {
  return new TemplateProblem(
    `${name} works on a number of a run only`,
    `As in {{ run.NAME.test.nll | ${name} … }}; docs/templates.md lists the numbers.`,
  );
}
