import { parseTopic } from './topic.js';

export const technology = parseTopic({
  weight: 8,
  actors: { company: 6, person: 2, group: 1, body: 1 },
  offices:
    'software engineer, startup founder, privacy commissioner, digital minister, chip designer, security researcher, games developer, robotics pioneer',
  groups:
    'hackers, developers, engineers, gamers, coders, users, startups, data brokers, regulators',
  bodies: 'privacy watchdog, cyber agency, telecoms regulator, digital ministry, patent office',
  companies:
    'Systems, Software, Robotics, Networks, Semiconductor, Mobile, Cloud, Interactive, Devices, Telecom, Sensors, Electronics, Security, Games, Analytics, Optics',
  stories: [
    {
      frames: `
        unveils: smartphone, foldable tablet, smart speaker, chatbot, gaming console, headset
        launches: streaming app, search engine, payment wallet, translation tool, voice assistant
        upgrades: operating system, browser, camera software, battery, graphics card
        delays: console launch, software update, headset release, keyboard, satellite phone
        scraps: messaging service, smart glasses, podcast app, fitness tracker`,
      modifiers:
        'cheaper, wireless, waterproof, flagship, long awaited, faster, pocket sized, beta',
      tails:
        'at developer conference, after leak, to rival giants, as chip shortage bites, with longer battery life, amid overheating complaints, for younger users, in crowded market',
    },
    {
      frames: `
        blocks: ransomware, phishing site, spam network, malware, stolen passwords
        exposes: data breach, security flaw, password leak, spyware, router bug
        patches: software vulnerability, login bug, encryption flaw, firewall
        investigates: cyber attack, account hijacking, crypto theft, server outage
        suffers: ransomware attack, data leak, network outage, identity theft`,
      modifiers: 'massive, critical, unpatched, encrypted, zero day, sophisticated, remote, global',
      tails:
        'after hospital hack, as servers crash, affecting millions of accounts, after weekend outage, linked to gang, in email scam, as ransom deadline passes',
    },
    {
      frames: `
        trains: language model, vision algorithm, robot arm, neural network, driving software
        builds: supercomputer, data centre in {town}, chip plant, quantum processor, server farm
        designs: microchip, warehouse robot, delivery drone, sensor, electric scooter
        tests: driverless taxi, flying taxi, humanoid robot, facial recognition, quantum network
        hires: machine learning team, robot experts, content moderators, chip architects`,
      modifiers: 'autonomous, powerful, open source, experimental, superconducting, generative',
      tails:
        'in race with rivals, amid safety concerns, with university lab, as computing costs soar, under new licence, despite ethics warning, in secret project',
    },
    {
      frames: `
        faces: antitrust lawsuit, privacy fine, copyright claim, app store probe, patent trial
        bans: facial recognition, teenage accounts, cookie tracking, deepfake adverts, crypto mining
        removes: fake accounts, extremist videos, bot network, hate speech, piracy links
        settles: patent dispute, privacy case, location tracking lawsuit, antitrust probe
        sells: user data, spectrum licence, cable network, browser extension`,
      modifiers: 'long running, online, viral, misleading, targeted, multimillion, automated',
      tails:
        'under digital rules, after parents complain, over location tracking, in court battle, amid misinformation fears, after leaked documents, following regulator order',
    },
  ],
});
