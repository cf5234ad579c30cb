import { createHash } from 'node:crypto';
import { uniformFloat32 } from 'pure-rand/distribution/uniformFloat32';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/** State of a {@link Generator}: four signed 32-bit integers, safe to keep as JSON. */
export type GeneratorState = readonly number[];

/**
 * The seeded source of all randomness: xoroshiro128+ (Blackman and Vigna, 2018) from pure-rand.
 *
 * **Determinism**: the same seed and stream name give the same numbers on every machine and Node version. Streams of
 * different names are independent for all practical purposes, so that drawing more of one never shifts another.
 */
export class Generator {
  readonly #source: RandomGenerator;

  private constructor(source: RandomGenerator) {
    this.#source = source;
  }

  /** A generator for one purpose, such as `Generator.fromSeed(seed, 'dropout')`. */
  static fromSeed(seed: number, stream: string): Generator {
    const digest = createHash('sha256').update(`${seed}/${stream}`).digest();
    const state = [0, 4, 8, 12].map((offset) => digest.readInt32LE(offset));
    return new Generator(xoroshiro128plusFromState(state));
  }

  /** Continue where {@link state} was read. */
  static fromState(state: GeneratorState): Generator {
    return new Generator(xoroshiro128plusFromState(state));
  }

  state(): GeneratorState {
    return this.#source.getState();
  }

  /** Uniform in [0, 1) with 24 random bits: enough for 32-bit floats, and twice as fast as {@link uniform}. */
  uniformFloat32(): number {
    return uniformFloat32(this.#source);
  }

  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number {
    return uniformFloat64(this.#source);
  }

  /** A uniform integer, both ends included, without modulo bias. */
  integer(minimum: number, maximum: number): number {
    return uniformInt(this.#source, minimum, maximum);
  }

  /** Standard normal, by the Box-Muller transform (Box and Muller, 1958); the second value is not kept. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }
}
