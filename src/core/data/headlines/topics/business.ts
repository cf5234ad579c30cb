import { parseTopic } from './topic.js';

export const business = parseTopic({
  weight: 9,
  actors: { company: 7, person: 2, group: 1 },
  offices:
    'chief executive, retail tycoon, founder, hotel magnate, chairwoman, fashion mogul, property developer, hedge fund manager, brewer',
  groups:
    'shareholders, retailers, suppliers, creditors, franchise owners, warehouse workers, brewers',
  bodies: 'chamber of commerce, competition authority, takeover panel, labour court',
  companies:
    'Foods, Stores, Holdings, Group, Brewery, Hotels, Textiles, Ceramics, Furniture, Toys, Cosmetics, Steel, Cement, Packaging, Jewellers, Bakeries, Dairy, Paper, Fashion, Cruises',
  stories: [
    {
      frames: `
        posts: record profit, quarterly loss, surprise earnings, higher revenue, holiday sales
        beats: profit forecast, earnings estimates, sales target, analyst expectations
        misses: revenue target, earnings forecast, dividend goal, margin guidance
        lifts: dividend, profit outlook, share buyback, annual guidance, bonus pool
        slashes: dividend, sales forecast, marketing budget, outlook, inventory`,
      modifiers: 'bumper, disappointing, stellar, adjusted, interim, quarterly, modest, pretax',
      tails:
        'on strong demand, after cost cuts, as shoppers return, despite weak sales, amid rising wages, on festive boost, after accounting error, as margins shrink',
    },
    {
      frames: `
        buys: rival, family business, supermarket chain, luxury brand, majority stake
        rejects: takeover bid, merger offer, buyout proposal, hostile approach
        sells: flagship store, stake in rival, coffee division, headquarters, bottling unit
        agrees: merger, joint venture, licensing deal, franchise contract, refinancing
        considers: stock listing, spin off, break up, delisting, fresh bid`,
      modifiers:
        'sweetened, struggling, lucrative, friendly, loss making, premium, rival, minority',
      tails:
        'in cash deal, after boardroom coup, despite regulator concern, for undisclosed sum, to fend off activist, after months of talks, as debts mount, in share swap',
    },
    {
      frames: `
        closes: factory in {town}, flagship shop, warehouse, bakery, high street branches
        opens: plant in {town}, distribution centre, outlet in {town}, design studio
        axes: warehouse jobs, middle managers, head office posts, store staff, night shift
        hires: seasonal workers, new chairman, apprentices, turnaround expert, designers
        enters: administration, bankruptcy protection, receivership, wage talks, insolvency`,
      modifiers: 'thousand, unprofitable, historic, automated, underused, unionised, sprawling',
      tails:
        'after failed rescue, as orders dry up, in restructuring drive, despite union protest, as online sales grow, after rent rise, amid cash crisis, before holidays',
    },
    {
      frames: `
        recalls: baby food, faulty toys, contaminated chocolate, frozen pizza, leaking kettles
        launches: vegan sausage, budget range, perfume line, loyalty card, craft beer
        sues: former partner, counterfeiters, packaging supplier, copycat brand
        bans: plastic bags, palm oil, fur, cage eggs, single use cups
        pulls: advert, energy drink, skin cream, sponsorship, party dress`,
      modifiers: 'popular, organic, recycled, mislabelled, defective, limited edition, seasonal',
      tails:
        'after customer complaints, over allergy risk, amid boycott, in trademark battle, after lab tests, as tastes change, following viral video, over hygiene fears',
    },
  ],
});
