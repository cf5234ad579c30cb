/** The part of wink-lemmatizer (WordNet's Morphy) that is used here; the package has no types of its own. */
declare module 'wink-lemmatizer' {
  const lemmatizer: {
    /** Lemma of a lower-case noun; a word that WordNet does not know comes back as it is. */
    noun(word: string): string;
  };
  export default lemmatizer;
}
