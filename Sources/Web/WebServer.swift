import CMicrohttpd
import Synchronization

/// Owns the HTTP server: a few threads of libmicrohttpd's from init to `stop()`. A route that hangs keeps one of them, and
/// the others go on serving.
@safe package final class WebServer: Sendable {
    /// Where it listens, with the port that the system chose where 0 was asked for.
    package let address: ListenAddress
    // Lent to libmicrohttpd; lives until its threads have ended, because `deinit` stops them first.
    private let reception: Reception
    private let daemon: Mutex<OpaquePointer?>

    /// Nil where the address is `off`.
    package static func start(on address: ListenAddress, routes: Routes, limits: ServerLimits = ServerLimits()) throws(WebFault)
        -> WebServer?
    {
        address == .off ? nil : try WebServer(on: address, routes: routes, limits: limits)
    }

    package init(on wanted: ListenAddress, routes: Routes, limits: ServerLimits = ServerLimits()) throws(WebFault) {
        let socket = try ListeningSocket(wanted)
        address = wanted.with(port: socket.port)
        reception = Reception(routes: routes, patience: limits.patience)
        var settings = unsafe httpd_settings()
        unsafe settings.socket = socket.handOver()
        unsafe settings.connectionMemory = max(limits.connectionMemory, 1024)
        unsafe settings.threads = UInt32(clamping: limits.threadsMade)
        unsafe settings.connections = UInt32(clamping: limits.connectionsTaken)
        unsafe settings.idleSeconds = UInt32(clamping: max(limits.idle.components.seconds, 1))
        unsafe settings.context = Unmanaged.passUnretained(reception).toOpaque()
        unsafe settings.answer = answerRequest
        unsafe settings.completed = requestCompleted
        unsafe settings.connected = connectionChanged
        // libmicrohttpd does not say whether a failed start has closed the socket. It is left open: closing it twice would be worse.
        guard let started = unsafe httpd_start(&settings) else { throw WebFault("Serve HTTP on", address, errno: 0) }
        unsafe daemon = Mutex(started)
    }

    deinit { stop() }

    /// Closes every connection and returns when the threads have ended, so after the answers that are being made. Not to be
    /// called from a route.
    package func stop() {
        let running = unsafe daemon.withLock { daemon in
            defer { unsafe daemon = nil }
            return unsafe daemon
        }
        if let running = unsafe running { unsafe MHD_stop_daemon(running) }
    }
}

/// What one client may cost the server.
package struct ServerLimits: Hashable, Sendable {
    /// Requests that are answered at once; while as many routes hang, nobody is answered. 1 to 64.
    package var threads = 4
    /// Connections at once; further ones wait in the kernel's queue. 1 or more; rounded up to the same number for each thread.
    package var connections = 64
    /// Bytes for one connection's request head and answer head together; a longer head is answered 431 or 414.
    package var connectionMemory = 32 * 1024
    /// A connection on which nothing moves this long is closed. Whole seconds.
    package var idle: Duration = .seconds(10)
    /// A connection that in this time brings no whole request, or does not take its answer, is closed, however busy it looks:
    /// a client that drips one byte a second is never idle.
    package var patience: Duration = .seconds(60)

    package init() {}

    var threadsMade: Int { min(max(threads, 1), 64) }

    /// libmicrohttpd deals the connections out to its threads, and a thread that got none of them would serve nobody.
    var connectionsTaken: Int {
        let each = (min(max(connections, 1), 1 << 16) + threadsMade - 1) / threadsMade
        return each * threadsMade
    }
}
