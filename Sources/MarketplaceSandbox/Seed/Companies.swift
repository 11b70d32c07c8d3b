/// Makes organisations, people and addresses that look real, each from its own dice.
struct Companies: Sendable {
    var seed: UInt64

    struct Company: Sendable {
        var name: String
        var country: Country
        /// The organisation's name in plain Latin letters, for its e-mail domain.
        var domain: String
    }

    /// The words that a name is made of, by their places in the lists of a country. What the name does not use is 0.
    struct NameChoice: Hashable, Sendable {
        var country: UInt8
        var pattern: UInt8
        /// Counted through the family names and then the coined ones.
        var core: UInt8
        var second: UInt8
        var trade: UInt8
        var form: UInt8
    }

    /// How long the word lists are, and what each pattern uses; kept at hand where many names are chosen.
    struct Lists: Sendable {
        fileprivate struct Entry: Sendable {
            var familyNames: Int
            var coinedNames: Int
            var trades: Int
            var forms: Int
            var patterns: [(second: Bool, trade: Bool, form: Bool)]
        }

        fileprivate let entries: [Entry]
        fileprivate let weights: [Int]

        init() {
            weights = Country.all.map(\.weight)
            entries = Country.all.map { country in
                Entry(
                    familyNames: country.familyNames.count, coinedNames: country.coinedNames.count,
                    trades: country.trades.count, forms: country.forms.count,
                    patterns: country.patterns.map { pattern in
                        (pattern.count { $0 == "&" } > 1, pattern.contains("T"), pattern.contains("F"))
                    })
            }
        }
    }

    private static let lists = Lists()

    /// The company of a row. Names recur in a very large marketplace, as they do in a real one.
    func company(_ stream: Dice.Stream, _ index: Int) -> Company {
        Companies.company(of: nameChoice(stream, index, Companies.lists))
    }

    func nameChoice(_ stream: Dice.Stream, _ index: Int, _ lists: Lists) -> NameChoice {
        var dice = Dice(seed: seed, stream, index)
        var left = dice.roll(Companies.totalWeight)
        var country = 0
        while country + 1 < lists.weights.count, left >= lists.weights[country] {
            left -= lists.weights[country]
            country += 1
        }
        let entry = lists.entries[country]
        let family = dice.roll(entry.familyNames)
        let core = dice.perMille(550) ? family : entry.familyNames + dice.roll(entry.coinedNames)
        let second = dice.roll(entry.familyNames)
        let trade = dice.roll(entry.trades)
        let form = dice.roll(entry.forms)
        let pattern = dice.roll(entry.patterns.count)
        let uses = entry.patterns[pattern]
        return NameChoice(
            country: UInt8(country), pattern: UInt8(pattern), core: UInt8(core),
            second: uses.second ? UInt8(second) : 0,
            trade: uses.trade ? UInt8(trade) : 0, form: uses.form ? UInt8(form) : 0)
    }

    static func company(of choice: NameChoice) -> Company {
        let country = Country.all[Int(choice.country)]
        let core = (country.familyNames + country.coinedNames)[Int(choice.core)]
        var name = ""
        var slug = ""
        var secondTaken = false
        for part in country.patterns[Int(choice.pattern)] {
            switch part {
            case "N": add(core, to: &name, &slug)
            case "T": add(country.trades[Int(choice.trade)], to: &name, &slug)
            case "F": name += native(country.forms[Int(choice.form)])
            case "&" where secondTaken: add(country.familyNames[Int(choice.second)], to: &name, &slug)
            case "&":
                name += "&"
                secondTaken = true
            default: name.append(part)
            }
        }
        return Company(name: name, country: country, domain: slug + ".example")
    }

    private static let totalWeight = Country.all.reduce(0) { $0 + $1.weight }

    private static func add(_ word: String, to name: inout String, _ slug: inout String) {
        name += native(word)
        slug += latin(word)
    }

    /// A word as it is written in its country.
    static func native(_ word: String) -> String {
        word.firstIndex(of: "|").map { String(word[..<$0]) } ?? word
    }

    /// A word in small Latin letters and digits only.
    static func latin(_ word: String) -> String {
        let spelling = word.firstIndex(of: "|").map { word[word.index(after: $0)...] } ?? Substring(word)
        var result = ""
        for character in spelling.lowercased() {
            if let plain = folded[character] {
                result += plain
            } else if character.isASCII, character.isLetter || character.isNumber {
                result.append(character)
            }
        }
        return result
    }

    private static let folded: [Character: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae", "é": "e", "è": "e", "ê": "e",
        "ë": "e", "ÿ": "y", "ï": "i", "î": "i", "í": "i", "à": "a", "á": "a", "â": "a", "ã": "a", "ç": "c", "ñ": "n",
        "ò": "o", "ó": "o", "ô": "o", "õ": "o", "ú": "u", "û": "u", "ù": "u", "ý": "y", "ą": "a", "ć": "c", "ę": "e",
        "ł": "l", "ń": "n", "ś": "s", "ź": "z", "ż": "z",
    ]
}

extension Companies {
    func address(of company: Company, _ dice: inout Dice) -> Address {
        let country = company.country
        let number = String(1 + dice.roll(180))
        let street = dice.pick(country.streets)
        let numberFirst = ["US", "GB", "FR"].contains(country.code)
        var postalCode = ""
        for letter in country.postalCode {
            switch letter {
            case "#": postalCode += String(1 + dice.roll(9))
            case "@": postalCode.unicodeScalars.append(Unicode.Scalar(UInt8(65 + dice.roll(26))))
            default: postalCode.append(letter)
            }
        }
        return Address(
            streetAddress: numberFirst ? "\(number) \(street)" : "\(street) \(number)",
            addressExtension: dice.perMille(150) ? "\(1 + dice.roll(12)). OG" : nil,
            postalCode: postalCode, city: dice.pick(country.cities), state: country.state, countryCode: country.code)
    }

    /// An administrator, and for many accounts a billing and a technical contact.
    func contacts(of company: Company, _ dice: inout Dice) -> [ContactPerson] {
        var roles: [ContactPerson.Role] = [.admin]
        if dice.perMille(600) { roles.append(.billing) }
        if dice.perMille(400) { roles.append(.technical) }
        return roles.map { role in
            let first = dice.pick(company.country.givenNames)
            let last = dice.pick(company.country.familyNames)
            return ContactPerson(
                role: role, firstName: Companies.native(first), lastName: Companies.native(last),
                email: Companies.latin(first) + "." + Companies.latin(last) + "@" + company.domain,
                phoneNumber: company.country.dialling + "#" + String(20 + dice.roll(900)) + "#"
                    + String(1_000_000 + dice.roll(9_000_000)) + "#")
        }
    }
}
