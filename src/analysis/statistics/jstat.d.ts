/** The part of jStat that is used here; the package has no types of its own. */
declare module 'jstat' {
  const jStat: {
    readonly studentt: {
      /** P(T ≤ x) for `df` degrees of freedom. */
      cdf(x: number, df: number): number;
      /** The x with P(T ≤ x) = p. */
      inv(p: number, df: number): number;
    };
    readonly normal: {
      cdf(x: number, mean: number, sd: number): number;
    };
  };
  export default jStat;
}
