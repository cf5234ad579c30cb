import type { Generator } from '../../random/generator.js';
import { pickEvenly } from './zipf.js';

/** Words that newspapers keep small inside a title. */
const SMALL = new Set('a an and as at by for from in of off on over the to with'.split(' '));
const TITLE_CASE_SHARE = 0.3;
const KICKER_SHARE = 0.05;
const NOTE_SHARE = 0.05;
const KICKERS = ['Live', 'Watch', 'Exclusive', 'Analysis', 'Breaking', 'Explained'];

/** The habits of print: capitals, a kicker before or a note after some headlines. Cleaning removes most of it again. */
export function formatHeadline(sentence: string, generator: Generator): string {
  const isTitle = generator.uniform() < TITLE_CASE_SHARE;
  const text = isTitle ? titleCase(sentence) : capitalise(sentence);
  const kicker = generator.uniform() < KICKER_SHARE ? `${pickEvenly(KICKERS, generator)}: ` : '';
  return `${kicker}${text}${generator.uniform() < NOTE_SHARE ? note(generator) : ''}`;
}

function note(generator: Generator): string {
  const share = generator.integer(2, 60);
  const year = generator.integer(2016, 2025);
  const notes = [
    ` – report`,
    ` (video)`,
    `: what we know`,
    `, first since ${year}`,
    `, up ${share}%`,
  ];
  return pickEvenly(notes, generator);
}

function titleCase(sentence: string): string {
  const words = sentence.split(' ').map((word) => (SMALL.has(word) ? word : capitalise(word)));
  return capitalise(words.join(' '));
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
