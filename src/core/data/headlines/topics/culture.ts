import { parseTopic } from './topic.js';

export const culture = parseTopic({
  weight: 7,
  actors: { person: 7, group: 1, body: 2 },
  offices:
    'novelist, film director, actress, singer, pianist, painter, comedian, poet, conductor, photographer, sculptor, rapper, choreographer, playwright, chef, fashion designer',
  groups: 'musicians, actors, filmmakers, curators, critics, dancers, booksellers, screenwriters',
  bodies:
    'national gallery, opera house, film festival, public broadcaster, royal ballet, book prize',
  stories: [
    {
      frames: `
        wins: book prize, best actor award, film festival, songwriting contest, poetry medal
        publishes: memoir, debut novel, poetry collection, cookbook, crime thriller, diary
        writes: sequel, spy novel, screenplay, ghost story, libretto, wartime saga
        adapts: bestseller, folk tale, classic novel, comic book, radio play
        translates: epic poem, banned novel, love letters, nursery rhymes`,
      modifiers: 'acclaimed, haunting, autobiographical, forgotten, comic, posthumous, gritty',
      tails:
        'about grandmother, after decade of silence, to critical acclaim, set in {town}, inspired by childhood, at book fair, despite lukewarm reviews, in six languages',
    },
    {
      frames: `
        releases: album, charity single, documentary, live recording, jazz album, horror film
        cancels: world tour, concert in {town}, festival slot, premiere, residency
        headlines: summer festival, charity concert, music awards, jubilee gala
        stars in: costume drama, biopic, musical, silent film, detective series
        tops: charts, box office, streaming list, album charts`,
      modifiers: 'sold out, acoustic, long awaited, intimate, farewell, chart topping, animated',
      tails:
        'after vocal surgery, with orchestra, for earthquake victims, alongside brother, amid ticket chaos, after breakup, on opening weekend, in front of royal family',
    },
    {
      frames: `
        auctions: portrait, self portrait, violin, manuscript, stage costume, sculpture
        restores: fresco, altar painting, palace ceiling, cinema, pipe organ
        returns: looted bronzes, stolen masterpiece, royal jewels, temple statue
        exhibits: landscapes, wartime photographs, tapestries, early sketches, glass art
        sculpts: bronze lion, statue of poet, war memorial, ice palace`,
      modifiers:
        'baroque, priceless, damaged, surrealist, rediscovered, gothic, marble, watercolour',
      tails:
        'after museum theft, for record sum, found in attic, at {town} gallery, after long restoration, to descendants, in retrospective, under floorboards',
    },
    {
      frames: `
        marries: childhood sweetheart, co star, drummer, film producer, yoga teacher
        mourns: mentor, stage partner, film legend, former bandmate
        criticises: streaming giants, theatre cuts, casting decision, censorship, ticket touts
        donates: royalties, piano, archive, prize money, rare books
        quits: band, soap opera, talent show, orchestra, talk show`,
      modifiers: 'longtime, beloved, reclusive, outspoken, legendary, generous, glamorous',
      tails:
        'in private ceremony, to school in {town}, after twenty years, in candid interview, after backstage row, on live television, to support refugees',
    },
  ],
});
