import { distance } from 'fastest-levenshtein';
import { anyOf } from '../errors.js';

/** The up to three candidates that look most like a mistyped name; none when nothing is near. */
export function closestNames(name: string, candidates: readonly string[]): string[] {
  // A third of the letters may differ; more is another word.
  const reach = Math.max(1, Math.floor(name.length / 3));
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, edits: distance(name, candidate) }))
    .filter(({ edits, candidate }) => edits <= reach || candidate.startsWith(name))
    .sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The second line of an error about an unknown name. */
export function didYouMean(names: readonly string[], otherwise: string): string {
  return names.length === 0 ? otherwise : `Did you mean ${anyOf(names)}? ${otherwise}`;
}
