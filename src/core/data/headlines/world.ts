import type { Generator } from '../../random/generator.js';
import { shuffledIndices } from '../../random/shuffle.js';
import { NameMaker } from './names/name-maker.js';
import { COUNTRIES, type CountryFacts } from './places/countries.js';
import { TOPICS } from './topics/all-topics.js';
import type { Topic } from './topics/topic.js';
import { itemAt, pickByRank, pickEvenly } from './zipf.js';

/** Someone who always has the same office and lives in the same place. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly office: string;
  readonly home: string;
}

/** A company or a team; its town and its head never change. */
export interface Organisation {
  readonly name: string;
  readonly kind: string;
  readonly town: string;
  /** Chief executive or coach. */
  readonly head: string;
}

/** Who there is in one country for one topic; what stands first is in the news most. */
export interface Scene {
  readonly people: readonly Person[];
  readonly organisations: readonly Organisation[];
}

export interface Country extends CountryFacts {
  /** Well-known cities, then small towns. */
  readonly places: readonly string[];
  /** The few countries it deals with. */
  readonly allies: readonly string[];
  readonly scenes: ReadonlyMap<Topic, Scene>;
}

/** The facts that all headlines agree on: a text can be predicted better by a reader who remembers them. */
export function createWorld(generator: Generator): readonly Country[] {
  const names = new NameMaker(generator);
  return COUNTRIES.map((facts, rank) => {
    const places = [...facts.cities, ...listOf(townCount(rank), () => names.town(facts.culture))];
    const allies = [...shuffledIndices(COUNTRIES.length, generator)]
      .filter((other) => other !== rank)
      .slice(0, 4)
      .map((other) => itemAt(COUNTRIES, other).name);
    const scenes = new Map(
      TOPICS.map((topic) => [topic, createScene(topic, facts, places, { rank, names, generator })]),
    );
    return { ...facts, places, allies, scenes };
  });
}

interface Maker {
  /** Of the country, from the most to the least in the news. */
  readonly rank: number;
  readonly names: NameMaker;
  readonly generator: Generator;
}

function createScene(
  topic: Topic,
  { culture }: CountryFacts,
  places: readonly string[],
  { rank, names, generator }: Maker,
): Scene {
  const people = listOf(personCount(rank), () => ({
    first: names.first(culture),
    last: names.surname(culture),
    office: pickByRank(topic.offices, generator),
    home: pickByRank(places, generator),
  }));
  const isSport = topic.actors.team !== undefined;
  const organisations = listOf(topic.companies.length === 0 ? 0 : organisationCount(rank), () => {
    const town = pickEvenly(places, generator);
    return {
      name: isSport ? town : names.company(),
      kind: pickEvenly(topic.companies, generator),
      town,
      head: names.surname(culture),
    };
  });
  return { people, organisations };
}

function listOf<Item>(length: number, create: () => Item): readonly Item[] {
  return Array.from({ length }, create);
}

// Countries that are more often in the news have more people, towns and companies that are known.
const townCount = (rank: number): number => Math.max(4, 22 - Math.floor(rank / 2));
const personCount = (rank: number): number => Math.max(2, 7 - Math.floor(rank / 6));
const organisationCount = (rank: number): number => Math.max(2, 6 - Math.floor(rank / 6));
