import type { Generator } from '../../random/generator.js';
import { formatHeadline } from './format-headline.js';
import { chooseSubject, type Subject } from './subject.js';
import { TOPICS } from './topics/all-topics.js';
import type { Frame, Story } from './topics/topic.js';
import type { Country } from './world.js';
import { itemAt, pickByRank, pickByWeight } from './zipf.js';

/** Shares of the ways in which a headline ends. */
const ENDINGS = [
  ['circumstance', 44],
  ['place', 18],
  ['source', 14],
  ['nothing', 24],
] as const;

/** How often an object has an adjective. */
const MODIFIER_SHARE = 0.3;
/** How often an adjective or a circumstance is the one that goes with this object or verb, not any of the story. */
const COLLOCATION_SHARE = 0.65;

/**
 * One headline: subject, verb, object and an end, all of one topic and country.
 *
 * @example 'Norwegian transport minister Ida Vikdahl opens high speed line, says rail chief Forsnes'
 */
export function composeHeadline(world: readonly Country[], generator: Generator): string {
  const topic = pickByWeight(TOPICS, ({ weight }) => weight, generator);
  const country = pickByRank(world, generator);
  const subject = chooseSubject(topic, country, generator);
  const stories = topic.stories.filter(({ only }) => (only ?? subject.actor) === subject.actor);
  const story = pickByRank(stories, generator);
  const frame = pickByRank(story.frames, generator);
  const parts = [
    subject.text,
    subject.isPlural ? toPlural(frame.verb) : frame.verb,
    chooseObject(frame, story, generator),
  ];
  const sentence = `${parts.join(' ')}${chooseEnding(frame, story, subject, generator)}`;
  return formatHeadline(fillSlots(sentence, subject, country, generator), generator);
}

function chooseObject(frame: Frame, story: Story, generator: Generator): string {
  const object = pickByRank(frame.objects, generator);
  const hasModifier = generator.uniform() < MODIFIER_SHARE && !object.startsWith('{');
  if (!hasModifier) return object;
  return `${pickCollocate(story.modifiers, object, generator)} ${object}`;
}

function chooseEnding(frame: Frame, story: Story, subject: Subject, generator: Generator): string {
  const [ending] = pickByWeight(ENDINGS, ([, weight]) => weight, generator);
  switch (ending) {
    case 'circumstance':
      return ` ${pickCollocate(story.tails, frame.verb, generator)}`;
    case 'place':
      return ` in ${subject.place}`;
    case 'source':
      // Nobody is quoted about himself.
      return subject.text.endsWith(lastWord(subject.source)) ? '' : `, says ${subject.source}`;
    case 'nothing':
      return '';
  }
}

function lastWord(text: string): string {
  return text.slice(text.lastIndexOf(' ') + 1);
}

/** One of the list: mostly the one that belongs to `word`, which is fixed by its letters. */
function pickCollocate(list: readonly string[], word: string, generator: Generator): string {
  if (generator.uniform() >= COLLOCATION_SHARE) return pickByRank(list, generator);
  let hash = 0;
  for (let index = 0; index < word.length; index++) {
    hash = (hash * 31 + word.charCodeAt(index)) % 1_000_003;
  }
  return itemAt(list, hash % list.length);
}

function fillSlots(
  sentence: string,
  subject: Subject,
  country: Country,
  generator: Generator,
): string {
  return sentence.replace(/\{(\w+)\}/gu, (_, slot: string) => {
    switch (slot) {
      case 'town':
        return subject.place;
      case 'ally':
        return pickByRank(country.allies, generator);
      case 'rival':
        return subject.rival;
      case 'number':
        return String(generator.integer(19, 43));
      default:
        throw new RangeError(`a headline has an unknown slot {${slot}}`);
    }
  });
}

/** The verb of a phrase as it follows a plural subject: `blames → blame`, `denies → deny`, `launches → launch`. */
function toPlural(phrase: string): string {
  const [verb = '', ...rest] = phrase.split(' ');
  const base = verb.replace(/ies$/u, 'y').replace(/(ss|sh|ch|x)es$/u, '$1');
  return [base === verb ? verb.replace(/s$/u, '') : base, ...rest].join(' ');
}
