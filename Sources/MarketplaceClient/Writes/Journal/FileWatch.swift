import Glibc
import NIOCore
import NIOPosix

/// Reports when a file is created or written to, by any program. The system notifies the network's threads;
/// nothing is polled. On network file systems it reports only what programs of this computer write.
package final class FileWatch: Sendable {
    private let channel: EventLoopFuture<any Channel>

    /// Nil when the system has no more watches to give, or the file's directory is not there and cannot be made.
    package init?(path: String, onChange: @escaping @Sendable () -> Void) {
        let name = path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
        guard access(StateDirectory.directory(of: path), F_OK) == 0 || StateDirectory.make(above: path) else {
            return nil
        }
        let descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
        let events = UInt32(IN_MODIFY | IN_CREATE | IN_MOVED_TO)
        guard inotify_add_watch(descriptor, StateDirectory.directory(of: path), events) >= 0 else {
            close(descriptor)
            return nil
        }
        // Room for any event: the system gives whole ones only, or an error.
        channel = NIOPipeBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 4096))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Reader(name: name, onChange: onChange))
                }
            }
            .takingOwnershipOfDescriptor(input: descriptor)
        channel.whenFailure { _ in close(descriptor) }
    }

    package func end() { channel.whenSuccess { $0.close(promise: nil) } }

    /// Reads the system's events of the directory, and passes on those about the file called `name`.
    private final class Reader: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let name: String
        private let onChange: @Sendable () -> Void

        init(name: String, onChange: @escaping @Sendable () -> Void) {
            self.name = name
            self.onChange = onChange
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            var events = unwrapInboundIn(data)
            var isMeant = false
            while let head = events.readBytes(length: MemoryLayout<inotify_event>.size) {
                let length = head.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 12, as: UInt32.self) }
                let text = events.readSlice(length: Int(length))?.readableBytesView.prefix { $0 != 0 }
                if text?.elementsEqual(name.utf8) == true { isMeant = true }
            }
            if isMeant { onChange() }
        }
    }
}
