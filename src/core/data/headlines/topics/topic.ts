import { parsePhrases } from '../parse-words.js';

/** A verb and what can be its object in one kind of story. */
export interface Frame {
  /** Third person singular, as headlines have it: `raises`. */
  readonly verb: string;
  readonly objects: readonly string[];
}

/** One kind of event: its verbs, objects, adjectives and circumstances belong together. */
export interface Story {
  readonly frames: readonly Frame[];
  /** Adjectives for the objects. */
  readonly modifiers: readonly string[];
  /** Ends of a headline, with their preposition. */
  readonly tails: readonly string[];
  /** Subjects that can do this; all of the topic if not given. */
  readonly only?: Actor;
}

/** Kinds of subject. */
export type Actor = 'person' | 'group' | 'body' | 'company' | 'team';

/** A subject area: who acts in it and what happens. In each list, what stands first is drawn most. */
export interface Topic {
  /** Share of the headlines, relative to the others. */
  readonly weight: number;
  readonly actors: Readonly<Partial<Record<Actor, number>>>;
  /** Offices and professions that a person can have. */
  readonly offices: readonly string[];
  /** Plural subjects. */
  readonly groups: readonly string[];
  /** Institutions, of which each country has one. */
  readonly bodies: readonly string[];
  /** Second words of company names, or names of teams. */
  readonly companies: readonly string[];
  readonly stories: readonly Story[];
}

/** A topic as it is written down: lists as text. */
interface TopicText {
  readonly weight: number;
  readonly actors: Readonly<Partial<Record<Actor, number>>>;
  readonly offices: string;
  readonly groups: string;
  readonly bodies: string;
  readonly companies?: string;
  readonly stories: readonly StoryText[];
}

interface StoryText {
  /** A line for each verb: `raises: fuel tax, income tax`. */
  readonly frames: string;
  readonly modifiers: string;
  readonly tails: string;
  readonly only?: Actor;
}

export function parseTopic(text: TopicText): Topic {
  return {
    weight: text.weight,
    actors: text.actors,
    offices: parsePhrases(text.offices),
    groups: parsePhrases(text.groups),
    bodies: parsePhrases(text.bodies),
    companies: parsePhrases(text.companies ?? ''),
    stories: text.stories.map((story) => ({
      frames: parseFrames(story.frames),
      modifiers: parsePhrases(story.modifiers),
      tails: parsePhrases(story.tails),
      ...(story.only === undefined ? {} : { only: story.only }),
    })),
  };
}

function parseFrames(lines: string): readonly Frame[] {
  return lines
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([verb = '', objects]) =>
      objects === undefined ? [] : [{ verb: verb.trim(), objects: parsePhrases(objects) }],
    );
}
