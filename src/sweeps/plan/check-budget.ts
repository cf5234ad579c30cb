import type { Diagnostic } from '../../core/errors.js';
import { meetsBudget } from '../definition/budget.js';
import type { Definition } from '../definition/definition.js';
import type { Case } from './cases.js';

/** The budgets, its own and the definition's, that the model of a case does not meet. */
export function* checkBudgets(
  definition: Definition,
  { entry, name }: Case,
  parameters: number,
): Generator<Diagnostic & { readonly where: string }> {
  for (const budget of [entry?.budget, definition.budget]) {
    if (budget === undefined || meetsBudget(budget, parameters)) continue;
    yield {
      where: budget.where,
      message:
        `budget "${budget.text}" is not met by run "${name}": ` +
        `the model has ${parameters.toLocaleString('en-US')} parameters`,
    };
  }
}
