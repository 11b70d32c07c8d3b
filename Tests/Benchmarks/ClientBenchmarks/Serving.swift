import FoundationEssentials
import Glibc

/// How many lists of 100 the sandbox serves a second, beside nginx that serves the same bytes from a file. Both are loaded
/// by wrk, in turns, so that neither has the quieter machine.
@concurrent func measureServing() async throws {
    guard let nginx = try Nginx(), shell("command -v wrk") != nil else {
        print("lists of 100 served: not measured, for want of nginx or wrk (apt-get install nginx-light wrk)")
        return
    }
    defer { nginx.stop() }
    let sandbox = try ServedSandbox()
    defer { sandbox.stop() }
    let address = "http://127.0.0.1:\(sandbox.port)/marketplace/us"
    let key = "X-Subscription-Key: " + String(repeating: "0", count: 32)
    let token = shell(
        "curl -s -u demo.api:demo -H '\(key)' --json '{\"marketplace\":\"us\"}' \(address)/token"
            + " | sed -E 's/.*\"token\":\"([^\"]+)\".*/\\1/'")
    let headers = "-H '\(key)' -H 'Authorization: Bearer \(token ?? "")'"
    for list in ["subscriptions", "orders", "products", "customers"] {
        let target = "\(address)/\(list)?limit=100"
        guard shell("curl -s -f \(headers) '\(target)' -o '\(nginx.folder)/\(list)'") != nil else {
            print("lists of 100 served: \(target) does not answer")
            return
        }
        var served = 0.0
        var floor = 0.0
        for _ in 0..<2 {
            served += load("\(headers) '\(target)'") / 2
            floor += load("'http://127.0.0.1:\(nginx.port)/\(list)'") / 2
        }
        let share = Double(Int(100 * served / floor)) / 100
        print("sandbox: lists of 100 \(list), requests a second: \(Int(served)); nginx \(Int(floor)); share \(share)")
    }
}

/// Requests a second over eight connections during two seconds; 0 when some were not answered with 200.
private func load(_ request: String) -> Double {
    let report = shell("wrk -t1 -c8 -d2s \(request)") ?? ""
    guard !report.contains("Non-2xx") else { return 0 }
    let line = report.split(separator: "\n").first { $0.hasPrefix("Requests/sec:") }
    return line?.split(separator: " ").last.flatMap { Double($0) } ?? 0
}

/// What a command printed, without the last line's end; nil when it failed.
private func shell(_ command: String) -> String? {
    guard let pipe = popen("PATH=$PATH:/usr/sbin; \(command)", "r") else { return nil }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while case let count = fread(&buffer, 1, buffer.count, pipe), count > 0 { bytes += buffer[..<count] }
    guard pclose(pipe) == 0 else { return nil }
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
}

/// A web server of one process for the files of a folder.
private struct Nginx {
    let folder: String
    let port: Int

    /// - Returns: Nil when it is not installed.
    /// - Throws: when it does not start.
    init?() throws {
        guard shell("command -v nginx") != nil, let folder = shell("mktemp -d"), let port = freePort() else {
            return nil
        }
        self.folder = folder
        self.port = port
        let configuration = """
            worker_processes 1;
            pid \(folder)/pid;
            error_log \(folder)/errors;
            events {}
            http {
                access_log off;
                sendfile on;
                tcp_nopush on;
                default_type application/json;
                keepalive_requests 1000000000;
                client_body_temp_path \(folder)/client;
                proxy_temp_path \(folder)/proxy;
                fastcgi_temp_path \(folder)/fastcgi;
                uwsgi_temp_path \(folder)/uwsgi;
                scgi_temp_path \(folder)/scgi;
                server { listen 127.0.0.1:\(port); root \(folder); }
            }
            """
        try configuration.write(toFile: folder + "/nginx.conf", atomically: true, encoding: .utf8)
        // Its worker is another user where this one is the system's, and reads the files as well.
        guard shell("chmod 755 '\(folder)' && nginx -c '\(folder)/nginx.conf' 2>&1") != nil else {
            throw ServedSandbox.Failure.notStarted
        }
    }

    func stop() {
        _ = shell("nginx -c '\(folder)/nginx.conf' -s stop 2>&1; rm -r '\(folder)'")
    }
}

/// A port that was free a moment ago.
private func freePort() -> Int? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int? in
            guard bind(descriptor, address, size) == 0, getsockname(descriptor, address, &size) == 0 else { return nil }
            return Int(UInt16(bigEndian: UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port))
        }
    }
}
