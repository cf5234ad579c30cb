import { parseTopic } from './topic.js';

export const science = parseTopic({
  weight: 7,
  actors: { group: 5, person: 3, body: 2 },
  offices:
    'astronomer, geologist, marine biologist, physicist, palaeontologist, archaeologist, chemist, astronaut, botanist, mathematician',
  groups:
    'scientists, astronomers, researchers, archaeologists, biologists, physicists, geologists, divers, botanists, zoologists, volunteers',
  bodies:
    'space agency, science academy, natural history museum, polar institute, observatory, research council, oceanographic institute',
  stories: [
    {
      frames: `
        launches: weather satellite, lunar probe, space telescope, cargo capsule, rocket
        spots: comet, exoplanet, distant galaxy, solar flare, asteroid, supernova
        loses: contact with probe, Mars rover, satellite signal, rocket booster
        photographs: black hole, lunar crater, Saturn rings, meteor shower, nebula
        lands: probe on moon, capsule in desert, rover on Mars, reusable booster`,
      modifiers: 'faint, uncrewed, interstellar, rare, icy, orbiting, distant, dwarf',
      tails:
        'after countdown delay, in orbit around Venus, with giant telescope, despite engine fault, after decade long voyage, in polar orbit, near Jupiter, during eclipse',
    },
    {
      frames: `
        discovers: fossil, dinosaur footprint, extinct whale, ancient shark tooth, amber insect
        unearths: bronze age tomb, Roman mosaic, Viking hoard, buried temple, clay tablets
        deciphers: ancient script, rock carving, papyrus scroll, medieval map
        excavates: burial mound near {town}, sunken ship, stone circle, city wall
        dates: cave paintings, skeleton, wooden spear, pottery shards`,
      modifiers: 'prehistoric, intact, mysterious, neolithic, million year old, forgotten, gilded',
      tails:
        'beneath car park, during subway dig, in limestone cave, under peat bog, after river drops, with ground radar, in farmer field, at desert site',
    },
    {
      frames: `
        maps: human genome, ocean floor, coral reef, mouse brain, glacier bed
        breeds: disease resistant wheat, drought tolerant rice, endangered frog, rare orchid
        tracks: humpback whale, migrating birds, wolf pack, sea turtle, snow leopard
        finds: new spider species, glowing jellyfish, talking parrot gene, giant squid, blind eel
        saves: coral larvae, vulture chicks, penguin colony, otter pups`,
      modifiers: 'tiny, venomous, tropical, elusive, deep sea, nocturnal, threatened, alpine',
      tails:
        'in remote rainforest, using drone images, off coast of {town}, with tracking collars, after century of absence, in mountain lake, near volcanic vent',
    },
    {
      frames: `
        measures: gravity waves, particle mass, carbon isotopes, seismic noise, magnetic field
        creates: artificial diamond, biodegradable plastic, room temperature superconductor, fusion plasma
        solves: prime number puzzle, knot problem, protein folding riddle, geometry theorem
        publishes: climate atlas, particle data, gene catalogue, quake hazard map
        questions: dark matter theory, dinosaur extinction theory, memory study, ice core dating`,
      modifiers: 'precise, controversial, elegant, decades old, peer reviewed, puzzling, subatomic',
      tails:
        'in underground laboratory, after decades of work, with laser experiment, using supercomputer, in landmark paper, at particle collider, after failed replication',
    },
  ],
});
