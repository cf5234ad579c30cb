import { parseTopic } from './topic.js';

export const sport = parseTopic({
  weight: 11,
  actors: { team: 5, person: 5 },
  offices:
    'striker, goalkeeper, head coach, tennis champion, sprinter, swimmer, cyclist, midfielder, fast bowler, marathon runner, gymnast, boxer, figure skater, jockey, pole vaulter, referee',
  groups: 'fans, supporters, athletes, referees, players, rowers',
  bodies:
    'football association, olympic committee, athletics federation, anti doping agency, league',
  companies:
    'Rovers, United, Wanderers, Athletic, Rangers, Tigers, Falcons, Hornets, Dynamo, Sporting, Wolves, Mariners, Harriers, Eagles, Bears, Sharks, Stallions, Ravens, Panthers, Cobras',
  stories: [
    {
      only: 'team',
      frames: `
        beats: {rival}, league leaders, defending champions, bottom club, ten man {rival}
        thrashes: {rival}, newcomers, second tier side, derby rivals
        loses to: {rival}, underdogs, amateur side, relegation rivals
        draws with: {rival}, league leaders, promoted side, old rivals
        hosts: {rival}, cup final, charity match, derby`,
      modifiers: 'unbeaten, injury hit, struggling, resurgent, toothless, lacklustre, ruthless',
      tails:
        'in cup semifinal, after extra time, on penalties, with late winner, in rain soaked derby, thanks to hat trick, to go top of table, in front of empty stands, after red card',
    },
    {
      only: 'team',
      frames: `
        signs: teenage striker, veteran goalkeeper, {rival} captain, playmaker, left back
        sells: star winger, club captain, training ground, midfielder to {rival}
        sacks: head coach, manager, fitness trainer, sporting director
        appoints: caretaker coach, former captain, female manager, data analyst
        avoids: relegation, points deduction, transfer ban, wooden spoon`,
      modifiers: 'promising, record, injured, out of contract, homegrown, temperamental, loan',
      tails:
        'on deadline day, after winless run, for record fee, despite fan protest, after string of defeats, in swap deal, until end of season, amid dressing room row',
    },
    {
      only: 'person',
      frames: `
        wins: gold medal, world title, grand slam, time trial, downhill race, bronze
        breaks: world record, national record, lap record, collarbone, ankle
        withdraws from: open final, world championships, relay squad, tour
        qualifies for: olympics, final, quarterfinal, world cup, playoffs
        defends: title, crown, yellow jersey, heavyweight belt`,
      modifiers: 'maiden, olympic, emphatic, thrilling, coveted, indoor, individual, surprise',
      tails:
        'in photo finish, in straight sets, on home soil, after comeback from injury, with personal best, at wet Wimbledon, in sprint finish, despite cramp, at altitude',
    },
    {
      only: 'person',
      frames: `
        fails: drug test, medical, fitness test, doping appeal
        faces: doping ban, match fixing probe, disciplinary hearing, knee surgery
        retires from: international duty, tennis, boxing, professional cycling, athletics
        appeals: red card, lifetime ban, disqualification, fine
        criticises: referee, fixture schedule, video replay, artificial pitch, prize money gap`,
      modifiers: 'lengthy, tearful, provisional, career ending, touchline, unfair, positive',
      tails:
        'after stormy final, over betting scandal, in emotional farewell, after positive sample, over crowd trouble, after touchline bust up, at age of {number}',
    },
  ],
});
