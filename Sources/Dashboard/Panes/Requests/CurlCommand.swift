import Marketplace

/// A request as a shell command, with variables where secrets stood. Bodies are not kept, so what was sent with the
/// request has to come from the file body.json.
struct CurlCommand: Equatable {
    let text: String

    init(_ exchange: LoggedExchange) {
        var words = ["curl", "-sS", "-X", exchange.method]
        let isElsewhere = exchange.path.hasPrefix("http://") || exchange.path.hasPrefix("https://")
        let isSignIn = exchange.path == "/token"
        let hasBody = exchange.method != "GET"
        if isElsewhere {
            words.append(Self.quoted(exchange.path))
            text = words.joined(separator: " ")
            return
        }
        words.append("\"$SOUK_BASE_URL\"" + Self.quoted(exchange.path))
        if isSignIn {
            words += ["-u", "\"$SOUK_USER:$SOUK_PASSWORD\""]
        } else {
            words += ["-H", "\"Authorization: Bearer $SOUK_TOKEN\""]
        }
        words += ["-H", "\"X-Subscription-Key: $SOUK_SUBSCRIPTION_KEY\"", "-H", "'Accept: application/json'"]
        if hasBody {
            words += ["-H", "'Content-Type: application/json'", "--data"]
            words.append(isSignIn ? "'{\"marketplace\":\"'\"$SOUK_MARKETPLACE\"'\"}'" : "@body.json")
        }
        text = words.joined(separator: " ")
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
