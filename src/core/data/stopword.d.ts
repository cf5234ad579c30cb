/** The part of stopword that is used here; the package has no types of its own. */
declare module 'stopword' {
  /** English stop words, lower-case. */
  export const eng: readonly string[];
}
