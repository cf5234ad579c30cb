import { parseTopic } from './topic.js';

export const health = parseTopic({
  weight: 8,
  actors: { group: 3, body: 3, person: 2, company: 2 },
  offices:
    'health minister, surgeon, chief medical officer, epidemiologist, hospital director, nurse, paediatrician, virologist, psychiatrist, midwife',
  groups:
    'doctors, nurses, surgeons, patients, pharmacists, paramedics, midwives, dentists, carers, health experts',
  bodies:
    'health ministry, medicines regulator, children hospital, blood service, ambulance service, cancer charity, food safety agency',
  companies:
    'Pharma, Biotech, Vaccines, Diagnostics, Medical, Genetics, Laboratories, Therapeutics, Implants, Nutrition',
  stories: [
    {
      frames: `
        approves: malaria vaccine, asthma inhaler, migraine drug, insulin patch, generic antibiotic
        trials: flu vaccine, gene therapy, obesity pill, cancer blood test, nasal spray
        recalls: blood pressure tablets, eye drops, hip implants, cough syrup, pacemakers
        halts: vaccine trial, drug rollout, stem cell study, painkiller sales
        patents: antibody treatment, skin graft, bone implant, allergy jab`,
      modifiers:
        'promising, experimental, affordable, contaminated, booster, weekly, oral, targeted',
      tails:
        'after successful trial, over side effects, for older patients, in fight against malaria, after safety review, amid shortage, despite patent row, for rare disease',
    },
    {
      frames: `
        confirms: measles outbreak, bird flu case, cholera cluster, dengue infection, rabies case
        battles: measles epidemic, hospital superbug, cholera outbreak, winter flu, whooping cough
        traces: infection source, salmonella strain, infected travellers, mosquito breeding sites
        quarantines: cruise passengers, poultry farm, school in {town}, infected herd
        declares: health emergency, polio victory, end of outbreak, hygiene alert`,
      modifiers: 'deadly, contagious, imported, airborne, drug resistant, suspected, waterborne',
      tails:
        'in crowded camp, as wards fill, after wedding party, near {town} border, as vaccination falls, after monsoon floods, during holiday season, among children',
    },
    {
      frames: `
        warns of: obesity crisis, vitamin deficiency, hearing loss, screen addiction, sleep deprivation
        links: air pollution to dementia, sugary drinks to diabetes, vaping to asthma, noise to stress
        urges: sugar tax, smoking ban, salt limits, exercise classes, sunscreen use
        studies: dementia risk, gut bacteria, teenage anxiety, heart attack rates, back pain
        praises: Mediterranean diet, breast feeding, cycling scheme, mindfulness course`,
      modifiers: 'chronic, early onset, processed, harmful, long term, moderate, preventable',
      tails:
        'in major study, after survey of twins, among office workers, in national campaign, despite industry lobbying, over processed food, for pregnant women',
    },
    {
      frames: `
        strikes over: pay offer, staffing levels, overtime, ambulance delays, pension terms
        performs: face transplant, heart surgery, robotic operation, kidney transplant, brain scan
        separates: conjoined twins, emergency wards, maternity unit
        shuts: maternity ward, overcrowded clinic, care home, dental surgery, hospice
        expands: cancer screening, mental health clinic, organ donation, intensive care unit`,
      modifiers: 'overworked, pioneering, understaffed, rural, lifesaving, delicate, specialist',
      tails:
        'after marathon operation, as waiting lists grow, despite funding pledge, amid staff exodus, in hospital first, after inspection, as winter bites, at teaching hospital',
    },
  ],
});
