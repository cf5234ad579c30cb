import { parseTopic } from './topic.js';

export const transport = parseTopic({
  weight: 7,
  actors: { company: 5, body: 2, group: 2, person: 1 },
  offices:
    'transport minister, airline boss, rail chief, harbour master, train driver, pilot, road safety commissioner',
  groups:
    'commuters, pilots, train drivers, cyclists, truckers, passengers, dockers, taxi drivers, crew',
  bodies:
    'rail regulator, port authority, aviation authority, highways agency, metro operator, traffic police',
  companies:
    'Airlines, Rail, Motors, Ferries, Shipping, Airways, Logistics, Cars, Trucks, Bus, Aerospace, Tyres, Freight, Trams',
  stories: [
    {
      frames: `
        cancels: flights to {ally}, holiday charters, night flights, transatlantic route
        orders: wide body jets, regional planes, electric aircraft, spare engines
        grounds: cargo jets, propeller fleet, pilot, holiday flight, ageing airliners
        launches: direct flights to {ally}, budget fares, airport lounge, shuttle service
        diverts: passenger jet to {town}, cargo plane, holiday flight`,
      modifiers: 'long haul, supersonic, overbooked, budget, fuel efficient, delayed, midair',
      tails:
        'after engine fire, as fog shuts runway, in pilot strike, over unruly passenger, after bird strike, amid luggage chaos, as tourists return, after cabin smoke',
    },
    {
      frames: `
        suspends: trains to {town}, night service, freight line, commuter trains, metro line
        opens: high speed line, tunnel to {town}, tram extension, station in {town}
        raises: rail fares, bus fares, platform safety, season ticket price
        modernises: signal boxes, sleeper carriages, level crossing, ticket machines
        blames: signal failure, broken rail, copper thieves, fallen tree, points failure`,
      modifiers: 'overcrowded, suburban, driverless, derailed, century old, scenic, express',
      tails:
        'after derailment near {town}, during morning rush, in rail strike, despite cost overrun, after signal fault, as timetable changes, over bridge works',
    },
    {
      frames: `
        recalls: hybrid cars, delivery vans, electric pickups, faulty airbags, sports cars
        unveils: electric hatchback, hydrogen truck, folding bicycle, city scooter, solar van
        bans: diesel cars from {town}, electric scooters, drones, overtaking, lorries
        builds: battery plant in {town}, ring road, cycle bridge, toll tunnel, crash barrier
        fines: speeding drivers, minicab firm, parking operator, haulage company`,
      modifiers: 'petrol, compact, self driving, armoured, affordable, reckless, congested',
      tails:
        'over brake fault, at motor show, to ease congestion, after pile up, as petrol prices climb, in clean air zone, after airbag failures, near {town} exit',
    },
    {
      frames: `
        reroutes: container ships, oil tanker, cruise liner, grain vessels
        salvages: sunken ferry, stranded freighter, fishing trawler, container barge
        blockades: {town} harbour, fishing port, canal, ferry terminal
        dredges: harbour mouth, shipping channel, river port, marina
        christens: cruise ship, icebreaker, rescue vessel, electric ferry`,
      modifiers: 'stricken, rusting, giant, listing, overloaded, refloated, drifting',
      tails:
        'after grounding in canal, in dock strike, as port backlog grows, off {town} coast, in rough seas, after collision in fog, amid piracy threat',
    },
  ],
});
