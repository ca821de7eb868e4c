/** Words names are made of. Combinations are accidental: no entry stands for a real person. */

/** One naming culture: its home office (index into `LOCATIONS`) and 24 first and 32 last names. */
interface Culture {
  readonly home: number;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

export const FIRST_PER_CULTURE = 24;
export const LAST_PER_CULTURE = 32;

function culture(home: number, first: string, last: string): Culture {
  return { home, first: first.split(' '), last: last.split(' ') };
}

// No generated first name sorts before "Ag": the featured people come first in a list sorted by name.
export const CULTURES: readonly Culture[] = [
  culture(
    0,
    'Alice Benjamin Caroline Daniel Eleanor Frederick Grace Harriet Isaac Jasmine Kenneth Laura Matthew Nicole Oliver Paige Quentin Rachel Samuel Tessa Victor Wendy Zachary Imogen',
    "Ashcombe Barlow Calloway Dunmore Eastwick Farrow Goddard Hartwell Inglewood Jessop Kirkbride Langford Merriweather Norcross Oakes Penhallow Quimby Radcliffe Saltmarsh Thistlewood Upshaw Vickers Wetherby Yardley Blackwood Copperfield Draycott Fenwick Greenhalgh Holloway O'Dwyer Marsh",
  ),
  culture(
    1,
    'Anneliese Bernd Claudia Dietmar Elke Frieda Günther Hannelore Ingrid Jörg Katrin Lothar Maximilian Nadine Ottilie Petra Reinhard Sabine Thorsten Ulrike Volker Wiebke Jürgen Heike',
    'Altmann Baumgartner Clausen Dörfler Ebersbach Falkenrath Grünwald Hagedorn Immelmann Jägerhofer Kaltenbach Lindemann Mühlbauer Nussbaumer Oberländer Pfefferkorn Quandtmeyer Rosenthaler Schönfelder Tannhuber Unterberger Vogelsang Wagenknechter Zimmerling Bärwald Eisenträger Föhring Größer Hübschmann Kräutler Nägele Süßmilch',
  ),
  culture(
    2,
    'Aurélie Baptiste Camille Delphine Étienne Florence Gaëlle Hervé Inès Jacqueline Loïc Mathilde Noémie Océane Pascal Quitterie Rémi Solène Thibault Valentine Yannick Zoé Clémence Honoré',
    'Aubertin Beaumanoir Chastenet Delacroix-Morel Estève Fontanelle Garrigue Hautefeuille Jolivet Kerouedan Lemercier Montclair Noirmont Ormières Perreault Quesnel Roquebrune Sauveterre Tavernier Vaugirard Bellegarde Clairvaux Desrosiers Eymard Frémont Guérande Lavigne Maisonneuve Pontarlier Rochebonne Séverac Valcourt',
  ),
  culture(
    3,
    'Alejandra Beatriz Carlota Diego Esperanza Fernando Gloria Héctor Inmaculada Joaquín Leticia Marisol Nicolás Olga Paloma Rodrigo Soledad Tomás Úrsula Verónica Ximena Yolanda Íñigo Begoña',
    'Aldecoa Barrientos Cifuentes Domínguez-Vega Echeverría Figueroa Goicoechea Hinojosa Ibarguren Jaramillo Lizarazu Mondragón Navarrete Olavarría Peñaranda Quintanilla Rebollo Salvatierra Tordesillas Urrutia Valdeolmos Zamorano Bermúdez Carrizosa Escalante Fuentes-Rey Guadarrama Iturbe Lozano Montañés Peñalver Villaseñor',
  ),
  culture(
    4,
    'Alessia Bartolomeo Chiara Donatella Emanuele Fabrizio Ginevra Ilaria Leonarda Marcella Niccolò Ornella Piergiorgio Raffaella Simonetta Tiziana Umberto Vincenza Zeno Loredana Gaetano Fiorella Desiderio Mirella',
    "Albrighi Bellandi Cavallotti D'Amicis Fabbretti Gallinaro Lombardini Malaspina Nicoletti Orsenigo Pellegrinetti Quaranta Ricciardello Santacroce Tagliabosco Uberti Valsecchi Zanardelli Bracciolini Campogrande De\u00a0Filippis Fioravanzo Guidobaldi Lanfranchi Montefiori Passerini Roncaglia Sacripante Terranova Vernazza Zuccarelli Bonfante",
  ),
  culture(
    5,
    'Astrid Bjørn Cecilie Dagny Eskil Freja Gunnar Håkon Ingeborg Jonas Kajsa Lennart Malin Njål Oddny Peder Ragnhild Signe Torbjörn Ulla Vidar Ylva Åse Øyvind',
    'Ahlgren Bergqvist Dalgaard Ekström Fjellstad Grønneberg Hallström Isaksen Jørgensrud Kjeldsen Lundmark Myhre Nyqvist Ødegaard-Lie Pålsson Rosendal Sjöholm Thorvik Ulvestad Vestergren Wikdahl Åkerblom Östlin Bråten Dyrhaug Engebretsen Fagerlund Haugland Kvamme Løkke Skarsgren Tømmerås',
  ),
  culture(
    6,
    'Agnieszka Bogdan Celina Dariusz Ewelina Franciszek Grażyna Halina Ireneusz Jadwiga Kazimierz Łucja Małgorzata Norbert Oliwia Patrycja Radosław Stanisława Teodora Urszula Wacław Zbigniew Żaneta Bożena',
    'Augustyniak Borkowska Chmielarz Dąbrowiak Faltyński Gołąbek Hryniewicz Jarzębina Kwiatkowiak Leśniewicz Michałek Nowotarski Olszanek Pietruszka Rzepecki Sobierajski Trzebiatowski Wójtowiec Zawadzkiak Żurawik Brzezina Ćwiklak Domański Gajewiak Jabłonek Kołodziejek Łopatka Majchrzycki Ostrowiak Piekarnik Szczepanek Wrzosek',
  ),
  culture(
    7,
    'Akshara Bhavesh Chitra Devendra Eshani Farhan Gauri Harish Ishaan Jyoti Kavita Lakshmi Manish Nandini Omkar Pooja Rajesh Shalini Tanvi Uday Vandana Yashodhara Zubin Meenal',
    'Acharekar Bhattarai Chaudhari Deshpandey Gaikwad Hegdekar Iyengaran Joglekar Kulkarnikar Lokhande Mahadevan Narayanaswamy Oberoy Parthasarathy Raghunathan Sahasrabuddhe Thiruvengadam Upadhye Venkatraman Wadekar Bandopadhyaya Chandrasekaran Ganapathy Jaisinghani Kamatkar Mukherji Padmanabhan Rangaswamy Subramaniam Talwarkar Vaidyanath Yadavendra',
  ),
  culture(
    8,
    'Akari Chiharu Daisuke Emiko Fumiko Goro Haruka Ichiro Junko Kaori Makoto Nanami Osamu Ren Sakura Takumi Umeko Wakana Yoshiko Kenta Mizuki Noboru Shiori Tsubasa',
    'Aoyagi Chikamatsu Doihara Egashira Fujimaki Hamasaka Ichinose Kagawashi Minamoto Nakagome Okabayashi Sakuragawa Takenouchi Umezaki Wakabayashi Yanagimoto Asakusa Dazaifu Fukuhara Gotoda Hirasawa Kashiwagi Kuramoto Matsunami Nishizawa Onodera Shirakawa Tachibana Uenoyama Watase Yamanobe Morikage',
  ),
  culture(
    9,
    'Akosua Babajide Chiamaka Dumebi Efua Folasade Gbenga Ifeoma Jelani Kwabena Lulu Makena Ngozi Oluwaseun Patience Rukia Simisola Temitope Uzoma Wanjiru Yaa Zawadi Kofi Nneka',
    'Abegunde Boatengah Chukwuemeka Danquahene Ejioforah Fashola-Ade Gyimahson Ibrahimu Kamauro Lutaya Mensahene Nwachukwude Obasekiro Owusuah Quarteyson Sowande Tshabangu Uwimanah Wekesah Zulukwe Adebayor-Kane Bamgbose Dlaminiso Ekwueme Gathoniro Kiplagatu Mutisyah Ndlovuko Odhiambor Okonkwoye Sibandah Waweruto',
  ),
];

/** [display name, first name, last name, ASCII form for the alias]: scripts, lengths and quotes a screen must survive. */
export const SPECIAL_NAMES: readonly (readonly [string, string, string, string])[] = [
  ['نور الهاشمي', 'نور', 'الهاشمي', 'noor.alhashimi'],
  ['ليلى بن منصور', 'ليلى', 'بن منصور', 'layla.benmansour'],
  ['נועה שקד־לוי', 'נועה', 'שקד־לוי', 'noa.shakedlevi'],
  ['王秀英', '秀英', '王', 'xiuying.wang'],
  ['佐々木 陽菜', '陽菜', '佐々木', 'hina.sasaki'],
  ['김서연', '서연', '김', 'seoyeon.kim'],
  ['Θεοδώρα Παπαναστασίου', 'Θεοδώρα', 'Παπαναστασίου', 'theodora.papanastasiou'],
  ['Людмила Чернышевская', 'Людмила', 'Чернышевская', 'lyudmila.chernyshevskaya'],
  ['ปิยะนุช วงศ์สุวรรณ', 'ปิยะนุช', 'วงศ์สุวรรณ', 'piyanuch.wongsuwan'],
  ['William "Billy" Buttersworth', 'William', 'Buttersworth', 'william.buttersworth'],
  ["Siobhán O'Shaughnessy-D'Arcy", 'Siobhán', "O'Shaughnessy-D'Arcy", 'siobhan.oshaughnessydarcy'],
  ['Back\\slash Tester & <b>Sons</b>', 'Back\\slash', 'Tester & <b>Sons</b>', 'backslash.tester'],
  ['Zoë 🌻 Sonnenblum', 'Zoë', 'Sonnenblum', 'zoe.sonnenblum'],
  ['Nguyễn Thị Phương Thảo', 'Phương Thảo', 'Nguyễn Thị', 'phuongthao.nguyenthi'],
  [
    'Maria Antonieta Esperança Guilhermina de Vasconcelos e Albuquerque Cavalcanti de Souza Bragança Montenegro-Figueiredo',
    'Maria Antonieta Esperança Guilhermina',
    'de Vasconcelos e Albuquerque Cavalcanti de Souza Bragança Montenegro-Figueiredo',
    'maria.montenegrofigueiredo',
  ],
  ['Ng', 'Ng', 'Ng', 'ng'],
];

/** First letters, digits and dots only. */
export function asciiName(text: string): string {
  return text
    .replace(/ß/g, 'ss')
    .replace(/[øØ]/g, 'o')
    .replace(/[łŁ]/g, 'l')
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
