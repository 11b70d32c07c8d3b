import NIOCore
import NIOHTTP1

/// Settles what the head of a request asks for: leave to send the body, and an answer in gzip.
final class Negotiation: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data),
            head.headers.contains(name: "Accept-Encoding") || head.headers.contains(name: "Expect")
        else {
            context.fireChannelRead(data)
            return
        }
        if head.headers[canonicalForm: "Expect"].contains(where: { $0.lowercased() == "100-continue" }) {
            let leave = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(leave)), promise: nil)
        }
        // The compressor behind takes the first word it knows, and deflate before gzip.
        let codings = head.headers[canonicalForm: "Accept-Encoding"]
        head.headers.remove(name: "Accept-Encoding")
        if Negotiation.takesGzip(codings) { head.headers.add(name: "Accept-Encoding", value: "gzip") }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// Whether whoever takes these codings takes gzip, and does not prefer plain text (RFC 9110, 12.5.3).
    static func takesGzip(_ codings: [Substring]) -> Bool {
        var weights: [String: Double] = [:]
        for coding in codings {
            let parts = coding.split(separator: ";").map { $0.trimmingPrefix(" ").lowercased() }
            guard let name = parts.first?.split(separator: " ").first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            weights[String(name)] = weight.map { Double($0.dropFirst(2).split(separator: " ").first ?? "") ?? 0 } ?? 1
        }
        let gzip = weights["gzip"] ?? weights["x-gzip"] ?? weights["*"] ?? 0
        return gzip > 0 && gzip >= weights["identity"] ?? 0
    }
}
