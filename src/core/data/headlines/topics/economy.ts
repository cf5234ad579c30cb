import { parseTopic } from './topic.js';

export const economy = parseTopic({
  weight: 9,
  actors: { person: 4, group: 3, body: 3 },
  offices:
    'finance minister, central bank governor, chief economist, treasury secretary, budget director, trade minister, union leader, bank regulator, statistician',
  groups:
    'economists, traders, investors, exporters, shoppers, pensioners, farmers, factory owners, homeowners, bond holders, taxpayers, landlords',
  bodies:
    'central bank, treasury, statistics office, stock exchange, tax authority, finance ministry, competition watchdog, pension fund, export council',
  stories: [
    {
      frames: `
        raises: interest rates, growth forecast, inflation target, reserve ratio, lending rate
        cuts: interest rates, growth outlook, mortgage rate, deposit rate, bond purchases
        holds: borrowing costs, benchmark rate, monetary policy, exchange rate
        fears: recession, stagflation, currency crisis, deflation, credit crunch
        expects: slower growth, soft landing, price rises, wage pressure, rate pause`,
      modifiers: 'benchmark, quarterly, annual, sharper, cautious, unexpected, steep, gradual',
      tails:
        'as inflation cools, amid currency slide, after weak jobs data, despite recession fears, as prices surge, after surprise vote, amid bond selloff, by half point',
    },
    {
      frames: `
        reports: record deficit, trade surplus, jobs growth, falling unemployment, retail slump
        predicts: budget shortfall, housing recovery, export boom, weak harvest, tourism rebound
        blames: energy bills, supply bottlenecks, labour shortage, strong currency, freight costs
        publishes: payroll figures, consumer survey, inflation data, household income report
        revises: output figures, census data, productivity estimate, wage statistics`,
      modifiers: 'seasonal, monthly, dismal, robust, provisional, headline, sluggish, strongest',
      tails:
        'as factories idle, after mild winter, despite weak demand, amid consumer gloom, as savings shrink, in third quarter, for first time in decade, after harvest failure',
    },
    {
      frames: `
        announces: bailout fund, stimulus package, tax holiday, bond auction, privatisation plan
        rescues: savings bank, pension scheme, insolvent lender, credit union, insurer
        fines: lender, auditor, brokerage, mortgage broker, payment processor
        investigates: price fixing, insider trading, tax evasion, mortgage fraud, audit failure
        freezes: public wages, fuel duty, dividend payments, deposits, hiring`,
      modifiers: 'troubled, billion dollar, offshore, cross border, hidden, toxic, regional',
      tails:
        'after run on deposits, to restore confidence, amid liquidity squeeze, after audit, in crackdown on banks, despite creditor lawsuit, as markets tumble, to plug deficit',
    },
    {
      frames: `
        protests: pension changes, wheat imports, milk prices, fertiliser tax, water charges
        demands: wage increase, tariff relief, rent control, price cap, crop insurance
        welcomes: tax rebate, subsidy deal, export licence, minimum wage, debt moratorium
        hoards: gold, grain, foreign currency, cooking oil, government bonds
        loses: savings, export orders, rural jobs, tax credits, subsidies`,
      modifiers: 'soaring, unfair, generous, imported, domestic, unaffordable, meagre',
      tails:
        'as bread price doubles, amid drought, after devaluation, as rents climb, outside finance ministry, during harvest season, despite relief package',
    },
  ],
});
