import { parseTopic } from './topic.js';

export const justice = parseTopic({
  weight: 8,
  actors: { group: 4, body: 3, person: 3 },
  offices:
    'police chief, prosecutor, judge, defence lawyer, detective, attorney general, prison governor, coroner, justice minister, magistrate',
  groups:
    'police, detectives, prosecutors, smugglers, thieves, jurors, lawyers, customs officers, fraudsters, inmates, witnesses, burglars',
  bodies: 'supreme court, appeal court, fraud squad, anti corruption agency, customs service, jury',
  stories: [
    {
      frames: `
        arrests: burglary suspect, drug courier, fugitive banker, arsonist, gang leader, art thief
        hunts: bank robbers, escaped prisoner, jewel thief, hit and run driver, kidnapper
        seizes: cocaine haul, fake banknotes, stolen paintings, illegal ivory, counterfeit handbags
        raids: money laundering network, cannabis farm, gambling den, warehouse in {town}
        foils: bank heist, prison escape, smuggling plot, airport robbery`,
      modifiers: 'armed, masked, notorious, suspected, undercover, alleged, stolen, wanted',
      tails:
        'after car chase, in dawn raid, at {town} port, with sniffer dogs, after anonymous tip, near border crossing, following manhunt, in container ship',
    },
    {
      frames: `
        jails: corrupt official, fraudster, former banker, poacher, tax evader, stalker
        acquits: former minister, nurse, farmer accused of arson, footballer, whistleblower
        convicts: fake doctor, blackmailer, people smuggler, pyramid scheme boss
        overturns: murder conviction, fraud verdict, deportation order, libel ruling
        upholds: life sentence, extradition order, smoking fine, custody ruling`,
      modifiers: 'unanimous, wrongful, lenient, suspended, controversial, landmark, lengthy',
      tails:
        'after retrial, on appeal, for defrauding pensioners, after jury deadlock, in landmark ruling, on fresh evidence, after witness recants, for bribery',
    },
    {
      frames: `
        probes: prison riot, police shooting, cold case, warehouse blaze, hospital deaths
        reopens: murder inquiry, missing child case, bombing investigation, poisoning case
        questions: key witness, boyfriend, ferry captain, bank clerk, babysitter
        identifies: skeleton, drowned hiker, hostage taker, bridge victim, poison
        clears: police officer, mountain guide, train driver, hospital, chief suspect`,
      modifiers: 'unsolved, fatal, independent, grieving, mistaken, unexplained, forensic',
      tails:
        'after dental match, decades after disappearance, following family plea, with genetic evidence, in remote cabin, after body found in canal, amid media frenzy',
    },
    {
      frames: `
        sues: newspaper, neighbour, insurance giant, tabloid editor, former employer
        wins: libel case, custody battle, unfair dismissal claim, privacy appeal, inheritance dispute
        drops: harassment charge, defamation suit, espionage charge, perjury case
        seeks: damages, extradition, bail, retrial, class action, injunction
        testifies in: corruption trial, cartel case, divorce hearing, war crimes tribunal`,
      modifiers: 'bitter, costly, sensational, out of court, seven figure, sealed, frivolous',
      tails:
        'over hedge, after settlement talks fail, against former husband, behind closed doors, in televised trial, over forged will, before supreme court',
    },
  ],
});
