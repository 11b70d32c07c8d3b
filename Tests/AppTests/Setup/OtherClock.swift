import Dispatch
import Glibc
import Testing

/// A marketplace on this machine that only signs in, by a clock that is hours off.
final class OtherClock: Sendable {
    let baseURL: String
    private let listener: Int32

    init(hours: Double) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 16) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        try #require(isBound)
        self.listener = listener
        baseURL = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/marketplace/us"
        DispatchQueue(label: "souk.tests.clock").async {
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                Self.answer(connection, hours)
                close(connection)
            }
        }
    }

    deinit {
        // Ends the wait for the next connection, which closing would not.
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private static func answer(_ connection: Int32, _ hours: Double) {
        var request: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: request, as: UTF8.self).contains("\"marketplace\"") {
            let count = read(connection, &part, part.count)
            guard count > 0 else { return }
            request += part[..<count]
        }
        let isSigned = String(decoding: request, as: UTF8.self).lowercased().contains("authorization: basic")
        let body =
            isSigned
            ? #"{"token":"a-token","expiresInSeconds":1500}"#
            : #"{"status":401,"message":"Unauthorized","path":"/token"}"#
        var moment = time(nil) + Int(hours * 3600)
        var parts = tm()
        gmtime_r(&moment, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let length = strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        let date = String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let head = [
            "HTTP/1.1 \(isSigned ? "200 OK" : "401 Unauthorized")", "Content-Type: application/json", "Date: \(date)",
            "Content-Length: \(body.utf8.count)", "Connection: close", "", "",
        ]
        let bytes = Array((head.joined(separator: "\r\n") + body).utf8)
        _ = write(connection, bytes, bytes.count)
    }
}
