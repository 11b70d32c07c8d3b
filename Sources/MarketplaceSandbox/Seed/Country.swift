/// The words of one country that its made-up organisations, people and addresses are built from.
///
/// A word may carry its Latin spelling after a bar (`田中|tanaka`), which e-mail addresses use.
struct Country: Sendable {
    var code: String
    var language: String
    var dialling: String
    /// Taken this often, of the sum of all weights.
    var weight: Int
    /// Letters of the postal code: `#` stands for a digit, `@` for a capital.
    var postalCode: String
    var state: String?
    var familyNameFirst = false
    var givenNames: [String]
    var familyNames: [String]
    var coinedNames: [String]
    var trades: [String]
    var forms: [String]
    var cities: [String]
    var streets: [String]
    /// How a name is put together: `N` name, `T` trade, `F` legal form, `&` a second family name.
    var patterns: [String]
}

extension Country {
    static let all: [Country] = [
        germany, austria, netherlands, france, spain, italy, denmark, sweden, poland, britain, unitedStates, brazil,
        japan, china,
    ]

    private static let germanFirst = [
        "Anna", "Jürgen", "Käthe", "Lukas", "Mia", "Björn", "Sabine", "Thorsten", "Günther", "Leonie", "Ömer",
        "Franziska",
    ]

    static let germany = Country(
        code: "DE", language: "de_DE", dialling: "49", weight: 26, postalCode: "#####",
        givenNames: germanFirst,
        familyNames: [
            "Müller", "Schäfer", "Krüger", "Böhm", "Weiß", "Großmann", "Hofmann", "Köhler", "Lindner", "Vogt",
            "Brandt", "Jäger", "Özdemir", "Seidel", "Kästner", "Thiele",
        ],
        coinedNames: [
            "Nordlicht", "Elbtal", "Isarblick", "Havelland", "Silberbach", "Tannengrund", "Rheintor", "Brückner",
            "Grünwald", "Hansekontor", "Alpenblick", "Spreewerk",
        ],
        trades: [
            "Maschinenbau", "Logistik", "Gebäudetechnik", "Steuerberatung", "Medizintechnik", "Gartenbau", "Druckerei",
            "Elektrotechnik", "Möbelwerke", "Rechtsanwälte", "Bäckereien", "Verpackungen", "Immobilien", "Optik",
        ],
        forms: ["GmbH", "GmbH & Co. KG", "AG", "KG", "e.K.", "mbB"],
        cities: ["Köln", "München", "Hamburg", "Leipzig", "Düsseldorf", "Würzburg", "Kiel", "Nürnberg", "Lübeck"],
        streets: ["Hauptstraße", "Am Güterbahnhof", "Lindenallee", "Mühlenweg", "Königsplatz", "Industriestraße"],
        patterns: ["N T F", "N T F", "N F", "N & & F", "T N F"])

    static let austria = Country(
        code: "AT", language: "de_DE", dialling: "43", weight: 7, postalCode: "####",
        givenNames: germanFirst,
        familyNames: ["Gruber", "Pichler", "Moser", "Steinböck", "Höller", "Wögerer", "Leitner", "Österreicher"],
        coinedNames: ["Donaukai", "Tauernhof", "Bergkristall", "Mozartplatz", "Enzian", "Karwendel"],
        trades: ["Holzbau", "Hotels", "Installationen", "Weingut", "Seilbahnen", "Tischlerei", "Steuerberatung"],
        forms: ["GmbH", "KG", "OG", "AG"],
        cities: ["Wien", "Graz", "Linz", "Salzburg", "Innsbruck", "St. Pölten"],
        streets: ["Ringstraße", "Mariahilfer Gürtel", "Landstraße", "Kirchengasse"],
        patterns: ["N T F", "N F", "T N F"])

    static let netherlands = Country(
        code: "NL", language: "nl_NL", dialling: "31", weight: 10, postalCode: "#### @@",
        givenNames: ["Sanne", "Daan", "Fleur", "Sjoerd", "Anouk", "Jeroen", "Maaike", "Koen"],
        familyNames: ["de Vries", "van den Berg", "Bakker", "Visser", "Dijkstra", "Hoekstra", "Meijer", "van Dongen"],
        coinedNames: ["Waterlinie", "Zuiderkade", "Polderzicht", "Oranjehof", "De Windroos", "Maaspoort"],
        trades: ["Bouw", "Tandartsen", "Accountants", "Transport", "Bloemen", "Notarissen", "Installatietechniek"],
        forms: ["B.V.", "B.V.", "V.O.F.", "N.V."],
        cities: ["Utrecht", "Eindhoven", "Den Haag", "Groningen", "Zwolle", "'s-Hertogenbosch"],
        streets: ["Kerkstraat", "Stationsplein", "Molenweg", "Havenkade"],
        patterns: ["N T F", "N F", "T N F", "N & & F"])

    static let france = Country(
        code: "FR", language: "fr_FR", dialling: "33", weight: 9, postalCode: "#####",
        givenNames: ["Élodie", "Théo", "Camille", "François", "Amélie", "Loïc", "Inès", "Benoît"],
        familyNames: ["Lefèvre", "Girard", "Béranger", "Dupré", "Faÿ", "Chevalier", "Moreau", "Gauthier"],
        coinedNames: ["Belle Rive", "Lumière", "Clairval", "Horizon", "Grand Large", "Étoile du Sud"],
        trades: ["Bâtiment", "Conseil", "Traiteur", "Menuiserie", "Pharmacie", "Transports", "Imprimerie"],
        forms: ["SARL", "SAS", "SA", "et Fils"],
        cities: ["Lyon", "Nîmes", "Rennes", "Besançon", "Saint-Étienne", "Orléans"],
        streets: ["rue de la République", "avenue Émile Zola", "quai du Port", "place de l'Église"],
        patterns: ["N T F", "T N F", "N F"])

    static let spain = Country(
        code: "ES", language: "es_ES", dialling: "34", weight: 6, postalCode: "#####",
        givenNames: ["Lucía", "Álvaro", "Nuria", "Íñigo", "Begoña", "Raúl"],
        familyNames: ["García", "Núñez", "Ibáñez", "Peña", "Castaño", "Zárate"],
        coinedNames: ["Costa Brava", "Sol y Mar", "Los Olivos", "Montaña Azul", "El Faro"],
        trades: ["Construcciones", "Abogados", "Bodegas", "Ingeniería", "Clínica Dental", "Cerámicas"],
        forms: ["S.L.", "S.A.", "S.L.U."],
        cities: ["Málaga", "Zaragoza", "A Coruña", "Logroño", "València"],
        streets: ["calle Mayor", "paseo Marítimo", "avenida de España", "plaza del Ayuntamiento"],
        patterns: ["T N F", "N F", "N T F"])

    static let italy = Country(
        code: "IT", language: "it_IT", dialling: "39", weight: 6, postalCode: "#####",
        givenNames: ["Giulia", "Niccolò", "Chiara", "Matteo", "Aurora", "Davide"],
        familyNames: ["Rossetti", "Bianchi", "Dell'Acqua", "Fabbri", "Colombo", "D'Amico"],
        coinedNames: ["Stella Alpina", "Porta Nuova", "Bel Canto", "Ponte Vecchio", "Cantiere 9"],
        trades: ["Meccanica", "Studio Legale", "Ceramiche", "Vini", "Arredamenti", "Trasporti"],
        forms: ["S.r.l.", "S.p.A.", "S.n.c."],
        cities: ["Bologna", "Torino", "Forlì", "Verona", "Cefalù"],
        streets: ["via Garibaldi", "corso Italia", "piazza Libertà", "via dell'Università"],
        patterns: ["N T F", "T N F", "N F"])

    static let denmark = Country(
        code: "DK", language: "en_US", dialling: "45", weight: 5, postalCode: "####",
        givenNames: ["Søren", "Freja", "Rasmus", "Astrid", "Jørn", "Kåre"],
        familyNames: ["Nørgaard", "Kjær", "Østergaard", "Bæk", "Lund", "Rømer"],
        coinedNames: ["Øresund", "Havnefronten", "Nordhavn", "Bøgely", "Klitrosen"],
        trades: ["Byg", "Revision", "Rederi", "Tandlæger", "Tømrer", "Møbler"],
        forms: ["A/S", "ApS", "I/S"],
        cities: ["København", "Aarhus", "Sønderborg", "Næstved", "Ærøskøbing"],
        streets: ["Strandvejen", "Nørregade", "Åboulevarden", "Møllevej"],
        patterns: ["N T F", "N & Søn F", "N F"])

    static let sweden = Country(
        code: "SE", language: "en_US", dialling: "46", weight: 4, postalCode: "### ##",
        givenNames: ["Åsa", "Göran", "Linnea", "Björn", "Märta", "Nils"],
        familyNames: ["Åkesson", "Lindström", "Sjöberg", "Hägg", "Öberg", "Dahl"],
        coinedNames: ["Skärgård", "Norrsken", "Älvdalen", "Vättern", "Björklunda"],
        trades: ["Bygg", "Fastigheter", "Redovisning", "Åkeri", "Träteknik"],
        forms: ["AB", "HB", "AB (publ)"],
        cities: ["Göteborg", "Malmö", "Umeå", "Växjö", "Örebro"],
        streets: ["Storgatan", "Kungsvägen", "Sjögatan", "Björkallén"],
        patterns: ["N T F", "N F", "N & & F"])

    static let poland = Country(
        code: "PL", language: "en_US", dialling: "48", weight: 4, postalCode: "##-###",
        givenNames: ["Zofia", "Łukasz", "Małgorzata", "Paweł", "Agnieszka", "Mirosław"],
        familyNames: ["Wójcik", "Dąbrowska", "Kowalczyk", "Zieliński", "Łuczak", "Świerk"],
        coinedNames: ["Bursztyn", "Żuraw", "Biały Dwór", "Wisła", "Słonecznik"],
        trades: ["Budownictwo", "Kancelaria", "Logistyka", "Meble", "Piekarnia"],
        forms: ["Sp. z o.o.", "S.A.", "Sp. j."],
        cities: ["Gdańsk", "Kraków", "Łódź", "Poznań", "Wrocław"],
        streets: ["ul. Długa", "ul. Kościuszki", "al. Róż", "pl. Wolności"],
        patterns: ["T N F", "N T F", "N F"])

    static let britain = Country(
        code: "GB", language: "en_US", dialling: "44", weight: 6, postalCode: "@@# #@@",
        givenNames: ["Harriet", "Callum", "Siân", "Oliver", "Niamh", "Rhys"],
        familyNames: ["Ashworth", "O'Connell", "Pemberton", "Llewellyn", "Blackwood", "Okafor"],
        coinedNames: ["Thistledown", "Harbourside", "Oakmoor", "Two Rivers", "Redgate"],
        trades: ["Veterinary Practice", "Chartered Surveyors", "Engineering", "Books", "Care Homes", "Brewing"],
        forms: ["Ltd", "Limited", "LLP", "plc"],
        cities: ["Bristol", "Leeds", "Cardiff", "Norwich", "Inverness"],
        streets: ["High Street", "Mill Lane", "Station Road", "Kingsway"],
        patterns: ["N T F", "N & & F", "N F"])

    static let unitedStates = Country(
        code: "US", language: "en_US", dialling: "1", weight: 12, postalCode: "#####", state: "OR",
        givenNames: ["Grace", "Mateo", "Priya", "Ethan", "Zoë", "DeShawn", "Hannah", "Minh"],
        familyNames: ["Whitaker", "Nguyen", "Delgado", "Kowalski", "Brooks", "Patel", "McAllister", "Freeman"],
        coinedNames: [
            "Summit Ridge", "Blue Heron", "Copper Creek", "Lakeshore", "Evergreen", "Pinecrest", "Bright Harbor",
        ],
        trades: [
            "Dental", "Family Law", "Construction", "Credit Union", "Orthopedics", "Farms", "Outfitters",
            "School District", "Realty", "Roasters",
        ],
        forms: ["LLC", "Inc.", "Co.", "PC"],
        cities: ["Portland", "Eugene", "Salem", "Bend", "Medford"],
        streets: ["Main Street", "NW Alder Avenue", "Market Street", "Old Mill Road"],
        patterns: ["N T, F", "N T", "N & &, F", "N T F"])

    static let brazil = Country(
        code: "BR", language: "pt_BR", dialling: "55", weight: 4, postalCode: "#####-###", state: "SP",
        givenNames: ["João", "Beatriz", "Antônio", "Luísa", "Caetano"],
        familyNames: ["Gonçalves", "Araújo", "Conceição", "Magalhães", "Teixeira"],
        coinedNames: ["Ipê Amarelo", "Serra Azul", "Bom Jardim", "Pão Dourado"],
        trades: ["Comércio", "Engenharia", "Clínica", "Distribuidora", "Advocacia"],
        forms: ["Ltda.", "S.A.", "ME"],
        cities: ["São Paulo", "Campinas", "Santos", "Ribeirão Preto"],
        streets: ["Rua das Flores", "Avenida São João", "Alameda Santos"],
        patterns: ["N T F", "T N F"])

    static let japan = Country(
        code: "JP", language: "ja_JP", dialling: "81", weight: 5, postalCode: "###-####", familyNameFirst: true,
        givenNames: ["花子|hanako", "健太|kenta", "さくら|sakura", "大輔|daisuke", "由美|yumi", "翔|sho"],
        familyNames: ["田中|tanaka", "佐藤|sato", "高橋|takahashi", "渡辺|watanabe", "小林|kobayashi", "山本|yamamoto"],
        coinedNames: ["桜|sakura", "富士見|fujimi", "青葉|aoba", "東海|tokai", "みなと|minato"],
        trades: ["工業|kogyo", "商事|shoji", "出版|shuppan", "建設|kensetsu", "電機|denki", "食品|shokuhin"],
        forms: ["株式会社|kk", "有限会社|yk"],
        cities: ["東京都千代田区", "大阪市北区", "京都市", "札幌市", "福岡市"],
        streets: ["丸の内", "中央通り", "本町", "駅前通り"],
        patterns: ["NTF", "FNT", "NTF"])

    static let china = Country(
        code: "CN", language: "en_US", dialling: "86", weight: 3, postalCode: "######", familyNameFirst: true,
        givenNames: ["伟|wei", "芳|fang", "晓明|xiaoming", "丽华|lihua", "建国|jianguo"],
        familyNames: ["王|wang", "李|li", "张|zhang", "陈|chen", "刘|liu"],
        coinedNames: ["华新|huaxin", "东方|dongfang", "金桥|jinqiao", "长城湾|changchengwan"],
        trades: ["科技|keji", "贸易|maoyi", "文化传媒|wenhua", "物流|wuliu"],
        forms: ["有限公司|co"],
        cities: ["上海市", "深圳市", "杭州市", "成都市"],
        streets: ["人民路", "南京东路", "中山大道"],
        patterns: ["NTF"])
}
