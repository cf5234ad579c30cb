import { parseWords } from '../parse-words.js';

/** The parts from which names of one family of languages are put together, so that spelling tells the country. */
export interface Culture {
  readonly first: readonly string[];
  readonly starts: readonly string[];
  readonly middles: readonly string[];
  readonly surnameEnds: readonly string[];
  readonly townEnds: readonly string[];
}

const anglo = culture(
  'James Emma Oliver Grace Harry Alice George Sophie Daniel Lucy Thomas Helen Peter Ruth Simon Clare Adam Joan Mark Fiona',
  'Ash Black Brad Brook Car Clay Crow Dal Den Elder Fair Farn Glen Grey Hal Har Hart Hol Kel Lang Lin Mar Mel Nor Oak Pem Ray Red Rock Shel Stan Stock Thorn Wake Wal Wes Whit Win',
  '- - - ing er en',
  'bury by combe dale don field gate ham hurst land ley more ridge shaw son stead ston ton ward well wick worth',
  'borough bridge chester cliffe ford haven mouth pool port water minster leigh',
);
const germanic = culture(
  'Hans Greta Klaus Ingrid Stefan Ute Jürgen Heike Dieter Monika Pieter Anneke Lukas Sabine Bram Lotte Wolfgang Birgit',
  'Alt Berg Bruck Dorn Eich Falk Feld Fried Gold Grün Hein Hirsch Holz Kauf Kirch König Lind Mohr Neu Rein Ried Rosen Schön Stein Wald Wein Weiss Wolf Zell',
  '- - - en er el',
  'acker bach baum becker berger brecht dorfer hardt hauer hoff inger kamp lich mann meier müller stedt vogel wirth',
  'brücken dorf feld furt hafen hausen heim münde rode stadt weiler',
);
const french = culture(
  'Jean Claire Luc Camille Pierre Hélène Antoine Élodie Michel Sylvie Étienne Manon Julien Amélie Olivier Chantal Rémy Noémie',
  'Beau Bel Bois Bré Cha Char Clair Cour Del Du Far For Gau Gir La Lan Lau Ler Mar Mont Mor Per Ray Rous Sau Ser Val Ver',
  '- - - li ri mo vi',
  'bert champ court dier don fort geau gnon lard let mier mont nard nier quet reau rand sard seau tier vin',
  'bourg fleur gny lieu mer nay pierre roche tal ville zac',
);
const italian = culture(
  'Marco Giulia Paolo Elena Luca Chiara Andrea Sofia Matteo Lucia Franco Silvia Ion Ioana Radu Mihaela Enzo Bianca',
  'Bal Bar Ber Bian Cal Can Car Cor Dal Fal Far Fer Gal Gri Lam Lom Mal Man Mar Mon Mor Pal Pel Per Ric Ros Sal San Tor Val Ver Vis',
  '- - a e o an er',
  'ardi asco ati azzi elli enzi eschi etti iani ighi ini ino oldi ologna ucci ulli uzzo',
  'ara egna enza essa etto iglia ona onte ovia ucca',
);
const hispanic = culture(
  'Carlos María José Lucía Diego Carmen Javier Inés Pablo Ana Miguel Rosa Andrés Pilar Raúl Teresa Óscar Elvira',
  'Al Ara Bar Bel Cal Cam Car Cas Cor Del Es Fer Gal Gar Guz Her Lar Lo Mal Man Mar Men Mo Nav Or Pal Per Quin Riv Sal San Tor Val Var Ver',
  '- - a e i an er',
  'ado ales alvo anza ares ceda cillo dera dez dillo ero guez jos llar llo mayo nal nosa ñez rena rillo tega zano',
  'blanca ceres gosa huela landia lejo miranda ñedo quipa tilla vaca',
);
const lusophone = culture(
  'João Beatriz Tiago Mariana Rui Joana Nuno Leonor Bruno Larissa Caio Débora Hélio Marta Vasco Yara',
  'Al Arau Bar Bra Cal Car Cou Dou Fal Fi Gal Gou Lou Ma Mag Mar Mei Mon Mou Nei Oli Pe Pin Ran Ri Sal San Sil Tei Va Vei Xa',
  '- - - a e i',
  'beira ção deiro gal gueira lhães lho mões nhas nho nhoso queira reira rães reda rinho teiro va veira zeira',
  'ajuba andira baté guaçu lândia pava ranha renga tinga zelas',
);
const slavic = culture(
  'Jan Anna Piotr Marta Pavel Olena Tomáš Katarína Ivan Petra Andriy Zofia Milan Jelena Bogdan Dagmar Oleh Vesna',
  'Bar Bel Bog Bor Bran Chal Dob Dra Dub Gor Grab Hol Jan Jar Kal Kos Koz Krom Kub Lis Mal Mir Nov Os Pav Pod Rad Rog Sad Sav Sik Sla Stan Tom Vor Zab Zel',
  '- - a e i o',
  'ček čuk dlo enko hora jević kov kowski lenko lov mić nik nović ński rek ski šek szek tko vić yna zak',
  'brod černa dvor grad hrad kova mostka nica polje slav więc zyce',
);
const nordic = culture(
  'Lars Astrid Erik Freja Nils Sigrid Ole Maja Bjørn Solveig Gustav Linnea Henrik Kirsten Jón Guðrún Søren Tove',
  'Ak Al And Berg Bjør Dal Eid Ek Fjel Fors Grøn Gul Hag Hal Hed Hol Isak Kjel Lil Lind Mag Nord Ny Øst Ras Ros Sand Sjö Skog Strøm Svan Tor Ulf Vest Vik',
  '- - - e in en',
  'backa berg dahl feldt fors gaard gren grund hus kvist land lund mark nes qvist rud sen son ström strup vang vold',
  'borg bø by foss havn holm köping näs sund torp vik voll',
);
const finnic = culture(
  'Mika Aino Juha Kaisa Timo Päivi Tõnu Liina Ferenc Ilona Gábor Zsófia Ville Outi Márton Réka Ants Kadri',
  'Ahti Ala Han Hei Ilo Jär Kal Kar Kes Kiv Kor Kos Lai Lehto Luo Män Met Nie Ojan Per Pih Rauta Saa Sal Tam Tuo Vää Van Virta',
  '- - - a i u',
  'hala järvi kari konen lainen lahti luoto mäki nen niemi ranta saari salo suo szegi tanen vaara vári vuori',
  'hamina joki kaupunki koski kylä linna pohja räisk sula tala vár',
);
const greek = culture(
  'Nikos Eleni Kostas Maria Giorgos Dimitra Yannis Sofia Petros Anthi Stavros Ioanna Markos Despina',
  'Al Anas Ant Arg Chal Chris Dim Drak Gal Geor Kal Kar Kon Kyr Lam Leon Man Mav Mich Nik Pan Pap Per Phil Sar Spyr Steph Theo Vas Xen Zer',
  '- a e i o',
  'adis akis akos alis antis atos elis ellis idis inos iotis opoulos oglou ouris oulas tzis',
  'andria ania antos assa ofotia ikos ossos ouda upoli',
);
const turkic = culture(
  'Mehmet Ayşe Ahmet Zeynep Emre Elif Kerem Defne Murat Leyla Nurlan Aigerim Timur Dana Orhan Selin',
  'Ak Al Ars Ay Bal Bay Boz Çak Çel Dem Dur Er Gül Gün Kal Kap Kara Kay Koç Kur Mut Nur Öz Sar Sel Tan Tek Tun Ulu Yal Yıl Zor',
  '- - a e i u',
  'bay bekov bulut can dağ demir doğan er gün han kan kaya lıoğlu maz oğlu soy taş türk yev zade',
  'abad başı hisar iskan kent köy ova pınar şehir tepe',
);
const arabic = culture(
  'Omar Layla Hassan Mariam Karim Fatima Youssef Nadia Tarek Salma Bilal Huda Rami Amina Sami Rania',
  'Ab Al Am Az Bad Bak Bas Dar Fa Fah Far Ghan Had Ham Has Jab Jal Kad Kam Kha Lat Mah Man Mas Naj Nas Qas Rah Ras Sab Sal Sham Tah Wah Zah Zay',
  '- - a i ou',
  'bani bari dawi dani fari ghazi hani idi jari kawi lani louni madi mansi naoui rifi saidi sani tari wani zouki',
  'bala douri fiya hara jadid kesh lout mina rissa warzat',
);
const westAfrican = culture(
  'Chidi Amara Kwame Abena Emeka Ngozi Kofi Efua Tunde Folake Moussa Aïssatou Yaw Adaeze Ibrahima Bisi',
  'Ab Ade Ag Ak Am An As Bab Bo Chi Da Di Dan Ebo Eke Fa Fo Gya Ik Kon Man Nde Nko Nwa Obi Oda Oko Olu Ope Osa Sa Se Tou Uba Ya',
  '- - ba ka la no',
  'ako amba ande asi badu bola chukwu dele diaye dogo fori gwu hene kola kunle moah mpong nji nsah oye sanya wuor yemi',
  'boso daga dougou fara kope kwanta mase rodu soro wale',
);
const eastAfrican = culture(
  'Wanjiru Otieno Achieng Kamau Tesfaye Hana Abebe Selam Juma Neema Baraka Zawadi Okello Apio Dawit Makena',
  'Al Ba Be Che Cher De Ge Gi Ha Ka Ke Ki Kip Lem Ma Mak Mbu Mu Mut Mwa Na Ng Nja Nya Ode Ony Ru Sa Si Ta Te Tu Wa Wo Ze',
  '- - ga ku mi ra',
  'bede chiri denge gendi gisa kele kuria lema lwa mbe meta ngo nja nyango reto rimu ruto sani taye tich wale ya yoka',
  'bera deni goro honde kuyu londi manga songa tale voi',
);
const indian = culture(
  'Arjun Priya Rahul Anjali Vikram Meera Sanjay Kavita Imran Ayesha Bilquis Ramesh Sunita Nasreen Bikash Sita',
  'Aga Ban Bhar Bhat Chan Chow Das Desh Dev Gan Gho Go Har Jai Jos Kal Kap Kri Lak Mad Mal Mee Muk Nai Nar Pad Pan Pra Raj Ram Ran Sax San Shar Sub Sur Tri Var Vik Ya',
  '- - a e i u',
  'dari dran ena gar giri hury jan jee kar khan lal mani nath noor pathi put rana rath reddi sami thy vala vedi wala yar yan',
  'abad garh ganj kot nagar patnam pur wadi tala veli',
);
const japanese = culture(
  'Hiroshi Yuki Kenji Aiko Takeshi Naomi Satoru Emi Daichi Haruka Makoto Rie Shinji Mio',
  'Aka Ara Asa Fuji Fuku Haga Hara Hase Hiro Hoshi Ishi Iwa Kame Kawa Kita Koba Kuro Mae Matsu Mina Miya Mori Mura Naga Naka Nishi Oka Ono Saka Saku Shima Sugi Taka Take Tani Ueda Yama Yoshi',
  '- - -',
  'be da gawa guchi hara hashi hira kami kawa kura ma matsu mine moto mura naka no numa oka saki sato shige tari tani uchi yama zaki zawa',
  'bashi dera gata hama jima maki mori saka tsu wara',
);
const malay = culture(
  'Budi Siti Agus Dewi Rizal Putri Minh Linh Hafiz Nurul Bayu Ratna Quang Thuy Farid Melati',
  'Ang Bak Bam Dar Din Har Has Ind Jat Kar Kus Lat Mah Mul Nas Nug Pra Pur Raj Rin Sal San Set Sih Suk Sur Sut Syam Tan Tri Wid Wir Yud Zul',
  '- a e i o u',
  'adi ahman andi anto arno asih awan budi dayat diman hardi jaya kirana lestari mono naldi nata oso rahayu roso santo tomo wati yanto yono',
  'bawang dalam gading kuning lanbaru ngon pandan rantau tinggi wangi',
);

export type CultureName = keyof typeof CULTURES;

export const CULTURES = {
  anglo,
  germanic,
  french,
  italian,
  hispanic,
  lusophone,
  slavic,
  nordic,
  finnic,
  greek,
  turkic,
  arabic,
  westafrican: westAfrican,
  eastafrican: eastAfrican,
  indian,
  japanese,
  malay,
} as const;

function culture(
  first: string,
  starts: string,
  middles: string,
  surnameEnds: string,
  townEnds: string,
): Culture {
  return {
    first: parseWords(first),
    starts: parseWords(starts),
    // A dash is the empty part: names without a middle are the usual ones.
    middles: parseWords(middles).map((middle) => (middle === '-' ? '' : middle)),
    surnameEnds: parseWords(surnameEnds),
    townEnds: parseWords(townEnds),
  };
}
