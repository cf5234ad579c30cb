import { parseTopic } from './topic.js';

export const politics = parseTopic({
  weight: 11,
  actors: { person: 6, group: 2, body: 2 },
  offices:
    'prime minister, president, opposition leader, interior minister, mayor, senator, governor, party leader, deputy premier, speaker, lawmaker, chancellor, campaign chief',
  groups:
    'lawmakers, voters, senators, protesters, ministers, campaigners, councillors, opposition parties, civil servants, coalition partners',
  bodies:
    'parliament, cabinet, electoral commission, ruling party, senate, constitutional court, city council, home office, ombudsman, upper house',
  stories: [
    {
      frames: `
        wins: election, confidence vote, runoff, party ballot, majority, second term
        calls: snap election, referendum, early vote, press conference, crisis meeting
        leads: opinion polls, ballot count, campaign trail, coalition talks, exit poll
        concedes: defeat, runoff loss, marginal seat, leadership contest
        launches: election campaign, manifesto, leadership bid, voter drive, recount
        faces: leadership challenge, ballot rebellion, tight race, party revolt`,
      modifiers: 'narrow, decisive, bitter, disputed, landslide, regional, presidential, surprise',
      tails:
        'after marathon count, amid low turnout, despite fraud claims, as rivals regroup, after televised debate, amid record turnout, before deadline, as polls close, after recount demand',
    },
    {
      frames: `
        defends: budget plan, austerity package, pension overhaul, spending review, welfare cuts
        unveils: tax reform, housing strategy, childcare scheme, spending package, immigration bill
        scraps: fuel levy, property tax, pension increase, welfare cap, subsidy programme
        delays: budget vote, pension reform, asylum law, planning bill, devolution deal
        backs: minimum wage rise, rent freeze, wealth tax, conscription bill, land reform`,
      modifiers:
        'controversial, sweeping, flagship, costly, unpopular, ambitious, watered down, landmark',
      tails:
        'after coalition row, amid backlash, despite union anger, as deficit widens, under party pressure, after cabinet split, amid cost of living crisis, to calm rebels',
    },
    {
      frames: `
        resigns over: expenses scandal, lobbying affair, leaked memo, donor row, plagiarism claims
        denies: bribery allegations, cover up, bullying claims, links to donor, misconduct charge
        survives: impeachment vote, censure motion, corruption inquiry, ethics probe
        apologises for: offensive remark, lockdown party, misleading parliament, careless tweet
        sacks: adviser, cabinet secretary, spokesman, treasury aide, party treasurer`,
      modifiers: 'damaging, fresh, embarrassing, secret, undeclared, lavish, improper, historic',
      tails:
        'after newspaper report, as pressure mounts, amid calls to quit, after whistleblower testimony, despite support of allies, as inquiry opens, following leaked recording',
    },
    {
      frames: `
        rejects: autonomy demand, constitutional change, citizenship petition, amnesty plan
        approves: electoral reform, transparency law, gender quota, press freedom bill, privacy act
        debates: assisted dying, voting age, border controls, monarchy, drug policy, surveillance
        blocks: judicial appointment, emergency decree, media law, senate overhaul
        demands: public inquiry, fresh mandate, veto power, equal representation, apology`,
      modifiers: 'divisive, draft, emergency, sensitive, proposed, bipartisan, urgent, amended',
      tails:
        'in late night sitting, after heated exchange, by single vote, despite street protests, amid filibuster, after court ruling, as deadline looms, ahead of congress',
    },
  ],
});
