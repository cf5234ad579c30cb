import { parseTopic } from './topic.js';

export const energy = parseTopic({
  weight: 7,
  actors: { company: 4, body: 2, group: 2, person: 2 },
  offices:
    'energy minister, climate envoy, oil executive, environment minister, grid operator, forestry commissioner, conservationist, mining boss',
  groups:
    'activists, campaigners, miners, conservationists, utilities, beekeepers, fishing crews, indigenous leaders, climate protesters',
  bodies:
    'energy regulator, environment agency, grid operator, nuclear watchdog, water board, forestry service, climate council',
  companies:
    'Energy, Petroleum, Solar, Power, Wind, Mining, Gas, Utilities, Hydro, Minerals, Lithium, Nuclear',
  stories: [
    {
      frames: `
        builds: wind farm, solar park near {town}, hydrogen plant, battery factory, tidal turbine
        approves: offshore wind farm, reactor, pumped storage, geothermal project, grid link to {ally}
        opens: solar farm, charging network, biogas plant, recycling hub, heat pump factory
        subsidises: rooftop panels, electric buses, insulation, heat pumps, hydrogen trucks
        tests: floating turbine, wave generator, molten salt battery, carbon capture`,
      modifiers: 'renewable, giant, floating, green, gigawatt, cheap, community owned, coastal',
      tails:
        'in push for clean power, despite planning objections, as coal plants retire, with {ally} funding, off windy coast, to cut emissions, on former mine',
    },
    {
      frames: `
        strikes: oil, gas deal with {ally}, shale reserve, drilling agreement
        cuts: crude output, gas exports, pipeline flow, refinery runs, coal production
        repairs: gas pipeline, leaking well, damaged refinery, undersea cable
        drills: exploratory well, arctic seabed, geothermal borehole, shale basin
        shuts: coal mine, oil refinery, ageing reactor, gas field, uranium pit`,
      modifiers: 'crude, liquefied, deepwater, disputed, leaking, vast, untapped, idle',
      tails:
        'as prices spike, after pipeline blast, amid supply fears, under export quota, after reactor fault, as winter demand soars, in disputed waters, after tanker spill',
    },
    {
      frames: `
        plants: mangroves, million trees, hedgerows, seagrass, oak saplings
        protects: peatland, nesting turtles, old growth forest, river delta, bee colonies
        opposes: logging road, open pit mine, river dam, whale hunt, pesticide
        reintroduces: beavers, lynx, bison, white storks, wild horses
        cleans: oil slick, plastic from river, toxic lagoon, polluted beach`,
      modifiers: 'endangered, pristine, toxic, native, degraded, wild, sacred, polluted',
      tails:
        'after oil spill, in vanishing wetland, as bees decline, with satellite monitoring, despite logging lobby, near {town} reserve, after river turns orange',
    },
    {
      frames: `
        misses: emissions target, methane pledge, recycling goal, clean air deadline
        pledges: net zero, carbon neutrality, methane cuts, coal exit, adaptation funds
        taxes: carbon, plastic packaging, aviation fuel, landfill, diesel cars
        warns of: blackouts, melting glaciers, water shortage, rising seas, dying reefs
        sues: cement polluter, oil major, regional government, chemical plant`,
      modifiers: 'binding, ambitious, irreversible, voluntary, weaker, global, looming',
      tails:
        'at climate summit, as glaciers shrink, after court order, despite industry pressure, as drought deepens, by end of decade, under Paris accord',
    },
  ],
});
