import { parseTopic } from './topic.js';

export const education = parseTopic({
  weight: 6,
  actors: { group: 5, body: 3, person: 2 },
  offices:
    'education minister, headteacher, university president, school inspector, student leader, professor, librarian, teaching union leader',
  groups: 'teachers, students, parents, pupils, lecturers, graduates, librarians, school governors',
  bodies:
    'education ministry, exam board, university, school inspectorate, teaching union, public library, student union',
  stories: [
    {
      frames: `
        cancels: final exams, maths test, entrance exam, graduation ceremony, school trip
        fails: literacy test, maths exam, spelling test, inspection, entrance exam
        marks: exam papers, essay papers, chemistry papers, coursework
        postpones: exam results, term start, language exam, oral tests
        investigates: exam leak, essay mills, grade inflation, cheating ring`,
      modifiers: 'botched, leaked, compulsory, tougher, nationwide, online, oral, standardised',
      tails:
        'after paper leak, as grades slump, amid cheating scandal, after computer glitch, despite parent petition, during heatwave, for school leavers',
    },
    {
      frames: `
        strikes over: class sizes, pay freeze, lesson load, pension cuts, classroom violence
        occupies: lecture hall, library, vice chancellor office, canteen
        demands: smaller classes, tuition refund, free school meals, rent rebate, bursaries
        rejects: pay offer, performance pay, longer school day, tuition fee rise
        marches for: free tuition, teacher pay, campus safety, climate lessons`,
      modifiers: 'weeklong, unaffordable, overcrowded, fair, improved, insulting, below inflation',
      tails:
        'as term begins, in capital, after talks collapse, despite snow, amid teacher shortage, for second week, as fees soar, outside ministry',
    },
    {
      frames: `
        bans: mobile phones, energy drinks, school uniform skirts, homework, chatbots
        introduces: coding lessons, later start times, cookery classes, Mandarin classes, phone lockers
        drops: Latin, cursive writing, religious lessons, handwriting test, sports day
        teaches: chess, financial skills, sign language, beekeeping, swimming
        funds: breakfast clubs, music lessons, laptop scheme, summer schools, playgrounds`,
      modifiers: 'mandatory, free, after school, outdated, optional, bilingual, vocational',
      tails:
        'in primary schools, to improve concentration, after successful pilot, despite protest from parents, to curb bullying, from next autumn, in rural schools',
    },
    {
      frames: `
        opens: medical school, campus in {town}, science block, nursery, language institute
        closes: village school, philosophy department, boarding school, reading room
        restores: manuscript library, boat house, clock tower, botanical garden
        renames: lecture hall, law school, scholarship, student hall
        tops: university rankings, reading league, research table, robotics contest`,
      modifiers: 'historic, dwindling, prestigious, crumbling, elite, village, endowed',
      tails:
        'as pupil numbers fall, with alumni gift, over slavery links, after roof collapse, to attract overseas students, near {town}, despite legal challenge',
    },
  ],
});
