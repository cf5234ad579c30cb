/** The part of ml-random-forest that is used here; the package's own types do not compile. */
declare module 'ml-random-forest' {
  export class RandomForestRegression {
    constructor(options: {
      /** A 32-bit integer. */
      readonly seed: number;
      readonly nEstimators: number;
      /** Columns that each tree sees: a whole number. */
      readonly maxFeatures: number;
      /** Whether a column may be drawn twice for a tree. */
      readonly replacement: boolean;
      /** Whether each tree is grown on rows drawn with replacement. */
      readonly useSampleBagging: boolean;
      readonly noOOB: boolean;
      readonly treeOptions: { readonly minNumSamples: number; readonly gainThreshold: number };
    });
    train(rows: readonly (readonly number[])[], values: readonly number[]): void;
    predict(rows: readonly (readonly number[])[]): number[];
  }
}
