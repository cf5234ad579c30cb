import type { CultureName } from '../names/cultures.js';

/** A country as headlines speak of it. */
export interface CountryFacts {
  readonly name: string;
  /** The adjective, which stands before an office or a body. */
  readonly demonym: string;
  /** Decides how names of its people and small towns are spelt. */
  readonly culture: CultureName;
  /** Well-known cities, the seat of government first. */
  readonly cities: readonly string[];
}

/** In the order of how often they are in the news: the first is drawn most. */
const ROWS: readonly (readonly [string, string, CultureName, string])[] = [
  ['Britain', 'British', 'anglo', 'London, Manchester, Leeds, Bristol, Glasgow, Cardiff, Belfast'],
  [
    'America',
    'American',
    'anglo',
    'Washington, Chicago, Boston, Houston, Seattle, Denver, Atlanta',
  ],
  ['Germany', 'German', 'germanic', 'Berlin, Hamburg, Munich, Cologne, Leipzig, Düsseldorf'],
  ['France', 'French', 'french', 'Paris, Lyon, Marseille, Bordeaux, Lille, Orléans'],
  ['India', 'Indian', 'indian', 'Delhi, Mumbai, Chennai, Kolkata, Pune, Jaipur'],
  ['Australia', 'Australian', 'anglo', 'Canberra, Sydney, Melbourne, Perth, Brisbane, Hobart'],
  ['Japan', 'Japanese', 'japanese', 'Tokyo, Osaka, Kyoto, Nagoya, Sapporo, Fukuoka'],
  ['Canada', 'Canadian', 'anglo', 'Ottawa, Toronto, Vancouver, Calgary, Montréal, Halifax'],
  ['Italy', 'Italian', 'italian', 'Rome, Milan, Naples, Turin, Bologna, Genoa'],
  ['Spain', 'Spanish', 'hispanic', 'Madrid, Barcelona, Seville, Valencia, Málaga, Bilbao'],
  ['Brazil', 'Brazilian', 'lusophone', 'Brasília, Recife, Salvador, Manaus, Curitiba, Fortaleza'],
  ['Poland', 'Polish', 'slavic', 'Warsaw, Gdańsk, Wrocław, Poznań, Łódź, Lublin'],
  ['Sweden', 'Swedish', 'nordic', 'Stockholm, Malmö, Uppsala, Västerås, Umeå'],
  ['Mexico', 'Mexican', 'hispanic', 'Puebla, Monterrey, Guadalajara, Mérida, Cancún'],
  ['Turkey', 'Turkish', 'turkic', 'Ankara, Istanbul, Izmir, Bursa, Antalya'],
  ['Norway', 'Norwegian', 'nordic', 'Oslo, Bergen, Trondheim, Tromsø, Stavanger'],
  ['Kenya', 'Kenyan', 'eastafrican', 'Nairobi, Mombasa, Kisumu, Nakuru, Eldoret'],
  ['Nigeria', 'Nigerian', 'westafrican', 'Abuja, Lagos, Kano, Ibadan, Enugu'],
  ['Ireland', 'Irish', 'anglo', 'Dublin, Cork, Galway, Limerick'],
  ['Netherlands', 'Dutch', 'germanic', 'Amsterdam, Rotterdam, Utrecht, Eindhoven, Groningen'],
  ['Egypt', 'Egyptian', 'arabic', 'Cairo, Alexandria, Luxor, Aswan'],
  ['Argentina', 'Argentine', 'hispanic', 'Rosario, Córdoba, Mendoza, Salta'],
  ['Indonesia', 'Indonesian', 'malay', 'Jakarta, Bandung, Surabaya, Medan'],
  ['Ukraine', 'Ukrainian', 'slavic', 'Kyiv, Lviv, Odesa, Kharkiv'],
  ['Greece', 'Greek', 'greek', 'Athens, Thessaloniki, Patras, Heraklion'],
  ['Switzerland', 'Swiss', 'germanic', 'Bern, Zürich, Geneva, Basel, Lausanne'],
  ['Portugal', 'Portuguese', 'lusophone', 'Lisbon, Porto, Coimbra, Faro'],
  ['Denmark', 'Danish', 'nordic', 'Copenhagen, Aarhus, Odense, Aalborg'],
  ['Finland', 'Finnish', 'finnic', 'Helsinki, Tampere, Turku, Oulu'],
  ['Austria', 'Austrian', 'germanic', 'Vienna, Graz, Linz, Salzburg'],
  ['Belgium', 'Belgian', 'french', 'Brussels, Antwerp, Ghent, Liège'],
  ['Chile', 'Chilean', 'hispanic', 'Santiago, Valparaíso, Temuco, Iquique'],
  ['Vietnam', 'Vietnamese', 'malay', 'Hanoi, Saigon, Danang, Hue'],
  ['Ghana', 'Ghanaian', 'westafrican', 'Accra, Kumasi, Tamale'],
  ['Czechia', 'Czech', 'slavic', 'Prague, Brno, Ostrava, Plzeň'],
  ['Pakistan', 'Pakistani', 'indian', 'Islamabad, Karachi, Lahore, Peshawar'],
  ['Morocco', 'Moroccan', 'arabic', 'Rabat, Casablanca, Fez, Tangier'],
  ['Colombia', 'Colombian', 'hispanic', 'Bogotá, Medellín, Cali, Cartagena'],
  ['Hungary', 'Hungarian', 'finnic', 'Budapest, Debrecen, Szeged'],
  ['Romania', 'Romanian', 'italian', 'Bucharest, Cluj, Iași, Timișoara'],
  ['Malaysia', 'Malaysian', 'malay', 'Penang, Ipoh, Johor'],
  ['Peru', 'Peruvian', 'hispanic', 'Lima, Arequipa, Cusco'],
  ['Ethiopia', 'Ethiopian', 'eastafrican', 'Addis, Mekelle, Gondar'],
  ['Jordan', 'Jordanian', 'arabic', 'Amman, Zarqa, Aqaba'],
  ['Bangladesh', 'Bangladeshi', 'indian', 'Dhaka, Chittagong, Sylhet'],
  ['Serbia', 'Serbian', 'slavic', 'Belgrade, Niš, Subotica'],
  ['Croatia', 'Croatian', 'slavic', 'Zagreb, Split, Rijeka'],
  ['Estonia', 'Estonian', 'finnic', 'Tallinn, Tartu, Narva'],
  ['Iceland', 'Icelandic', 'nordic', 'Reykjavík, Akureyri'],
  ['Kazakhstan', 'Kazakh', 'turkic', 'Astana, Almaty'],
  ['Tanzania', 'Tanzanian', 'eastafrican', 'Dodoma, Arusha'],
  ['Senegal', 'Senegalese', 'westafrican', 'Dakar, Thiès'],
  ['Uruguay', 'Uruguayan', 'hispanic', 'Montevideo, Salto'],
  ['Nepal', 'Nepalese', 'indian', 'Kathmandu, Pokhara'],
  ['Cyprus', 'Cypriot', 'greek', 'Nicosia, Limassol'],
  ['Uganda', 'Ugandan', 'eastafrican', 'Kampala, Entebbe'],
];

export const COUNTRIES: readonly CountryFacts[] = ROWS.map(([name, demonym, culture, cities]) => ({
  name,
  demonym,
  culture,
  cities: cities.split(', '),
}));
