import type { Generator } from '../../random/generator.js';
import type { Actor, Topic } from './topics/topic.js';
import type { Country, Organisation, Person, Scene } from './world.js';
import { pickByRank, pickByWeight } from './zipf.js';

/** Who or what a headline is about, and the facts that the rest of it must agree with. */
export interface Subject {
  readonly actor: Actor;
  readonly text: string;
  readonly isPlural: boolean;
  /** Where it happens, if the headline says where. */
  readonly place: string;
  /** Who may be quoted at the end: `coach Lindvik`. */
  readonly source: string;
  /** Another team of the same country. */
  readonly rival: string;
}

interface Situation {
  readonly topic: Topic;
  readonly country: Country;
  readonly scene: Scene;
  readonly generator: Generator;
}

export function chooseSubject(topic: Topic, country: Country, generator: Generator): Subject {
  const [actor] = pickByWeight(actorsOf(topic), ([, weight]) => weight, generator);
  return { actor, ...describe(actor, situationOf(topic, country, generator)) };
}

/** All of a subject but its kind. */
type Description = Omit<Subject, 'actor'>;

function situationOf(topic: Topic, country: Country, generator: Generator): Situation {
  const scene = country.scenes.get(topic);
  if (scene === undefined) throw new RangeError(`${country.name} has no scene for a topic`);
  return { topic, country, scene, generator };
}

function describe(actor: Actor, situation: Situation): Description {
  switch (actor) {
    case 'person':
      return person(situation);
    case 'group':
      return { ...general(situation), text: nameGroup(situation), isPlural: true };
    case 'body':
      return { ...general(situation), text: nameBody(situation) };
    case 'company':
      return company(situation);
    case 'team':
      return team(situation);
  }
}

function actorsOf({ actors }: Topic): (readonly [Actor, number])[] {
  const kinds = ['person', 'group', 'body', 'company', 'team'] as const;
  return kinds.map((kind) => [kind, actors[kind] ?? 0]);
}

/** What holds for any subject of the country: the source is always the same person for a topic and country. */
function general({ country, scene, generator }: Situation): Omit<Description, 'text'> {
  const official = scene.people[0];
  return {
    isPlural: false,
    place: pickByRank(country.places, generator),
    source: official === undefined ? 'report' : `${official.office} ${official.last}`,
    rival: scene.organisations[0]?.name ?? 'rivals',
  };
}

function person(situation: Situation): Description {
  const someone = pickByRank(situation.scene.people, situation.generator);
  const rest = general(situation);
  return {
    ...rest,
    text: namePerson(someone, situation),
    place: situation.generator.uniform() < 0.6 ? someone.home : rest.place,
  };
}

function namePerson({ first, last, office }: Person, { country, generator }: Situation): string {
  const forms = [
    [`${first} ${last}`, 5],
    [`${office} ${last}`, 4],
    [`${country.demonym} ${office} ${first} ${last}`, 2],
    [`${country.demonym} ${office} ${last}`, 3],
    [last, 3],
  ] as const;
  return pickByWeight(forms, ([, weight]) => weight, generator)[0];
}

function nameGroup({ topic, country, generator }: Situation): string {
  const group = pickByRank(topic.groups, generator);
  const forms = [
    [`${country.demonym} ${group}`, 5],
    [`${pickByRank(country.places, generator)} ${group}`, 4],
    [group, 1],
  ] as const;
  return pickByWeight(forms, ([, weight]) => weight, generator)[0];
}

function nameBody({ topic, country, generator }: Situation): string {
  const body = pickByRank(topic.bodies, generator);
  const forms = [
    [`${country.demonym} ${body}`, 5],
    [`${country.name}'s ${body}`, 3],
    [`the ${body} of ${country.name}`, 1],
  ] as const;
  return pickByWeight(forms, ([, weight]) => weight, generator)[0];
}

function company(situation: Situation): Description {
  const { country, scene, generator } = situation;
  const one = pickByRank(scene.organisations, generator);
  const forms = [
    [`${one.name} ${one.kind}`, 6],
    [one.name, 2],
    [`${country.demonym} ${one.kind} firm ${one.name}`, 2],
    [`${one.name} ${one.kind} chief ${one.head}`, 1],
  ] as const;
  const text = pickByWeight(forms, ([, weight]) => weight, generator)[0];
  return { ...general(situation), text, ...factsOf(one, 'chief') };
}

function team(situation: Situation): Description {
  const { scene, generator } = situation;
  const one = pickByRank(scene.organisations, generator);
  const forms = [
    [`${one.name} ${one.kind}`, 6],
    [one.kind, 1],
    [one.name, 2],
  ] as const;
  return {
    ...general(situation),
    ...factsOf(one, 'coach'),
    text: pickByWeight(forms, ([, weight]) => weight, generator)[0],
    isPlural: true,
    rival: rivalOf(one, scene),
  };
}

function factsOf(one: Organisation, title: string): Pick<Subject, 'place' | 'source'> {
  return { place: one.town, source: `${title} ${one.head}` };
}

/** The next team of the country: each has one rival that it always meets. */
function rivalOf(one: Organisation, { organisations }: Scene): string {
  const next = organisations[(organisations.indexOf(one) + 1) % organisations.length];
  return next === undefined ? 'rivals' : `${next.name} ${next.kind}`;
}
