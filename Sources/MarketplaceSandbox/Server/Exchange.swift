import HTTPTypes

/// What happens on the connection in answer to a request. Most of the time it is an answer; faults can spoil the way it
/// travels, which a transport has to carry out.
public enum Exchange: Sendable {
    case answer(HTTPResponse, [UInt8])
    /// The connection is torn down after so many bytes of the body have been sent; with 0 before any byte of an answer.
    case reset(HTTPResponse, [UInt8], afterBytes: Int)
    /// The body, shorter than the length that is announced for it, and then the connection ends.
    case truncated(HTTPResponse, [UInt8], announcedBytes: Int)
    /// The body goes out one byte at a time.
    case drip(HTTPResponse, [UInt8], secondsPerByte: Double)
}
