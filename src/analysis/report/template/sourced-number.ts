import { NO_VALUE } from '../../tables/format.js';
import { computed, type Provenance } from '../../provenance.js';
import { value, type InlineValue } from '../inline.js';

/** How a number is written. */
export type NumberFormat = (value: number) => string;

/**
 * A number in a template, with where it comes from. Its fields are private: a template reaches own properties only, so
 * it cannot take the number away from its source. The methods are those by which liquidjs compares
 * (`{% if run.a.test.nll < run.b.test.nll %}`).
 */
export class SourcedNumber {
  readonly #value: number;
  readonly #source: Provenance;
  readonly #format: NumberFormat;

  constructor(value: number, source: Provenance, format: NumberFormat) {
    this.#value = value;
    this.#source = source;
    this.#format = format;
  }

  /** As the report's model has it. */
  toInline(): InlineValue {
    const text = Number.isFinite(this.#value) ? this.#format(this.#value) : NO_VALUE;
    return value(text, this.#source);
  }

  /** The same number, written in another way. */
  withFormat(format: NumberFormat): SourcedNumber {
    return new SourcedNumber(this.#value, this.#source, format);
  }

  /**
   * What a calculation gives; its source names the runs of all numbers that went in.
   *
   * @param others the further numbers, with a source or typed into the template
   */
  compute(
    name: string,
    calculate: (value: number, ...others: number[]) => number,
    others: readonly (SourcedNumber | number)[] = [],
  ): SourcedNumber {
    const operands = [this, ...others];
    const runs = operands.flatMap((operand) => (typeof operand === 'number' ? [] : operand.#runs));
    const terms = operands.map((operand) =>
      typeof operand === 'number' ? String(operand) : operand.#source.metric,
    );
    const numbers = others.map((operand) => SourcedNumber.#valueOf(operand) ?? Number.NaN);
    const source = computed([...new Set(runs)], `${name}(${terms.join(', ')})`);
    return new SourcedNumber(calculate(this.#value, ...numbers), source, formatPlain);
  }

  equals(other: unknown): boolean {
    return this.#value === SourcedNumber.#valueOf(other);
  }

  gt(other: unknown): boolean {
    const right = SourcedNumber.#valueOf(other);
    return right !== null && this.#value > right;
  }

  geq(other: unknown): boolean {
    return this.gt(other) || this.equals(other);
  }

  lt(other: unknown): boolean {
    const right = SourcedNumber.#valueOf(other);
    return right !== null && this.#value < right;
  }

  leq(other: unknown): boolean {
    return this.lt(other) || this.equals(other);
  }

  get #runs(): readonly string[] {
    return this.#source.kind === 'recorded' ? [this.#source.run] : this.#source.runs;
  }

  static #valueOf(operand: unknown): number | null {
    if (operand instanceof SourcedNumber) return operand.#value;
    return typeof operand === 'number' ? operand : null;
  }
}

/** A whole number as it is, any other with six significant digits: nothing else is known of it. */
export function formatPlain(value: number): string {
  const shown = Number.isInteger(value) ? value : Number(value.toPrecision(6));
  return String(shown).replace('-', '−');
}
