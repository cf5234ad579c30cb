import { parseTopic } from './topic.js';

export const weather = parseTopic({
  weight: 8,
  actors: { group: 5, body: 3, person: 2 },
  offices:
    'rescue chief, meteorologist, fire chief, lifeboat captain, emergency coordinator, seismologist, disaster minister',
  groups:
    'rescuers, firefighters, residents, villagers, forecasters, islanders, hikers, fishermen, tourists, climbers, evacuees, motorists',
  bodies:
    'weather service, coast guard, fire brigade, red cross, mountain rescue, civil defence, flood agency',
  stories: [
    {
      frames: `
        flees: flooded homes, swollen river, rising water, burst dam, mudslide
        warns of: flash floods, river surge, heavy rain, landslides, spring tides
        rescues: stranded family, drivers from flood, livestock, school bus, boatmen
        braces for: monsoon, cyclone, tidal surge, typhoon, storm season
        repairs: river bank, washed out bridge, flood wall, sewage plant, levee`,
      modifiers: 'torrential, waist deep, muddy, relentless, submerged, record, swollen',
      tails:
        'as river bursts banks, after days of rain, near {town}, as dam overflows, in low lying districts, after cloudburst, with sandbags, as storm makes landfall',
    },
    {
      frames: `
        battles: forest fire, wildfire, peat blaze, bush fires, warehouse inferno
        evacuates: campsite near {town}, hillside villas, nursing home, nature reserve
        blames: dry lightning, faulty power line, campfire, arson, fireworks
        contains: hillside blaze, scrub fire, factory fire, smouldering tip
        mourns: firefighters, burnt olive groves, koalas, ancient oak`,
      modifiers: 'raging, scorched, uncontrolled, wind driven, smoky, parched, fierce',
      tails:
        'as heatwave grips region, amid strong winds, after dry spring, near {town} suburbs, with water bombers, as smoke chokes city, in national park',
    },
    {
      frames: `
        feels: earthquake, aftershocks, undersea tremor, volcanic rumble
        searches: collapsed hotel, rubble, avalanche debris, crater rim, buried village
        survives: earthquake, avalanche, volcanic eruption, lightning strike, tsunami
        finds: survivors in rubble, missing skiers, trapped miners, buried climber
        issues: tsunami alert, ash cloud warning, avalanche warning, evacuation order`,
      modifiers: 'magnitude six, shallow, powerful, deadly, offshore, underwater, molten',
      tails:
        'after quake flattens {town}, as volcano erupts, days after collapse, with listening devices, in freezing temperatures, as aftershocks continue, below summit',
    },
    {
      frames: `
        shovels: snow, blocked driveway, icy pavement, railway track
        endures: blizzard, cold snap, heatwave, hailstorm, longest drought, sandstorm
        records: hottest June, coldest night, highest snowfall, driest winter, strongest gust
        closes: mountain pass, ski resort, airport runway, coastal road, schools
        forecasts: white Christmas, dense fog, black ice, freezing drizzle, thunderstorms`,
      modifiers: 'bitter, freak, arctic, sweltering, blinding, severe, unseasonal, howling',
      tails:
        'as temperatures plunge, in weekend storm, after power cuts, as reservoirs run dry, since records began, across northern provinces, during holiday rush',
    },
  ],
});
