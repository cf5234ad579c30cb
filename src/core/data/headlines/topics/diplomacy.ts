import { parseTopic } from './topic.js';

export const diplomacy = parseTopic({
  weight: 9,
  actors: { person: 6, group: 1, body: 3 },
  offices:
    'foreign minister, ambassador, trade envoy, peace negotiator, defence minister, special envoy, consul, foreign secretary, chief negotiator, attaché',
  groups:
    'diplomats, negotiators, envoys, peacekeepers, aid workers, observers, delegates, border guards, exiles',
  bodies:
    'foreign ministry, embassy, defence ministry, navy, trade delegation, border agency, army',
  stories: [
    {
      frames: `
        signs: trade pact with {ally}, fisheries accord with {ally}, visa deal with {ally}, free trade treaty
        resumes: talks with {ally}, trade negotiations, direct flights to {ally}, consular services
        hosts: summit with {ally}, peace conference, trade forum, royal visit, ministerial meeting
        welcomes: {ally} delegation, tariff cut, cultural exchange, {ally} envoy, accession bid
        seeks: closer ties with {ally}, customs union, investment from {ally}, visa waiver`,
      modifiers: 'bilateral, historic, lasting, strategic, preliminary, comprehensive, reciprocal',
      tails:
        'after decade of silence, ahead of summit, despite tariff threat, in diplomatic thaw, after secret meetings, as ties improve, amid regional rivalry, to boost exports',
    },
    {
      frames: `
        expels: {ally} diplomats, military attaché, suspected spies, embassy staff, consul
        recalls: ambassador from {ally}, envoy, trade mission, observers
        protests: {ally} tariffs, border closure, airspace violation, fishing raid, steel duties
        imposes: sanctions on {ally}, import ban, travel restrictions, steel tariffs, arms embargo
        accuses: {ally} of dumping, {ally} of meddling, {ally} of spying, neighbours of hypocrisy`,
      modifiers: 'unprecedented, punitive, retaliatory, hostile, unjustified, illegal, sudden',
      tails:
        'in tit for tat move, over spy row, after border incident, as tensions rise, in fishing dispute, amid war of words, after failed mediation, over disputed island',
    },
    {
      frames: `
        brokers: ceasefire, prisoner swap, grain deal, hostage release, truce
        sends: peacekeepers, humanitarian aid, field hospital, patrol ships, election monitors
        pledges: reconstruction funds, military support, refugee quota, debt relief, mine clearance
        evacuates: embassy, stranded citizens, aid convoy, consulate, border villages
        warns of: famine, border clashes, refugee exodus, arms race, collapse of truce`,
      modifiers: 'fragile, temporary, international, urgent, humanitarian, unconditional, joint',
      tails:
        'as fighting flares, after overnight shelling, under security council mandate, at donor conference, after months of siege, as truce expires, amid convoy attack',
    },
    {
      frames: `
        tests: missile, naval radar, drone fleet, submarine, early warning system
        deploys: frigate, warships, reservists, fighter jets, coast guard cutters
        orders: patrol aircraft from {ally}, armoured vehicles, helicopters, minesweepers
        joins: naval exercise with {ally}, defence alliance, arms treaty, satellite programme
        raises: defence spending, alert level, troop numbers, conscription age`,
      modifiers: 'advanced, nuclear, joint, coastal, ageing, stealth, amphibious, routine',
      tails:
        'in show of force, near disputed waters, after radar incident, under new doctrine, during winter drills, as alliance expands, after cyber attack',
    },
  ],
});
