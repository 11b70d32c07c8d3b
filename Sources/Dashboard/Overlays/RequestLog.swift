import Marketplace
import Screen

/// The request log over the view, a list with the keys of every list.
struct RequestLog: PanePage {
    var list = RequestsPane()

    var keyPlace: KeyPlace { list.isTyping ? .text : .log }
    var readingID: String { "log" }

    mutating func advance(_ model: Model) -> [Effect] { list.takeEffects() }

    func sentences(over below: Dashboard) -> [Sentence] { below.sentences(of: list, place: "Request log") }
}
