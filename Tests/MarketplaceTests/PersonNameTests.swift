import Marketplace
import Testing

@Suite struct `A person's name in one box` {
    @Test(arguments: [
        ("Ida Holm", "Ida", "Holm"), ("  Anna  Maria Berg ", "Anna  Maria", "Berg"),
        ("van den Berg, Lars", "Lars", "van den Berg"), ("García Lorca ,Federico", "Federico", "García Lorca"),
        ("山田、太郎", "太郎", "山田"),
    ])
    func `is divided at its last space, or at a comma`(typed: String, first: String, last: String) {
        #expect(PersonName(typed: typed) == PersonName(first: first, last: last))
    }

    @Test(arguments: ["", "Ida", " Ida ", ",Ida", "Holm,", "Holm, ", " , "])
    func `is none without both names`(typed: String) {
        #expect(PersonName(typed: typed) == nil)
    }

    @Test(arguments: [
        PersonName(first: "Ida", last: "Holm"), PersonName(first: "Lars", last: "van den Berg"),
        PersonName(first: "Anna Maria", last: "Berg"),
    ])
    func `is written so that it is read back`(name: PersonName) {
        #expect(PersonName(typed: name.typed) == name)
    }
}
