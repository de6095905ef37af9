import CMicrohttpd
import Synchronization

/// Owns the HTTP server: one thread of libmicrohttpd's from init to `stop()`.
@safe package final class WebServer: Sendable {
    /// Where it listens, with the port that the system chose where 0 was asked for.
    package let address: ListenAddress
    // Lent to libmicrohttpd; lives until its thread has ended, because `deinit` stops it first.
    private let reception: Reception
    private let daemon: Mutex<OpaquePointer?>

    /// Nil in place of a server where the address is `off`.
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
        unsafe settings.connections = UInt32(clamping: max(limits.connections, 1))
        unsafe settings.idleSeconds = UInt32(clamping: max(limits.idle.components.seconds, 1))
        unsafe settings.context = Unmanaged.passUnretained(reception).toOpaque()
        unsafe settings.answer = answerRequest
        unsafe settings.completed = requestCompleted
        unsafe settings.connected = connectionChanged
        // Whether a failed start has closed the socket is not documented: it is left, since closing twice would be worse.
        guard let started = unsafe httpd_start(&settings) else { throw WebFault("Serve HTTP on", address, errno: 0) }
        unsafe daemon = Mutex(started)
    }

    deinit { stop() }

    /// Closes every connection and returns when the thread has ended. Not to be called from a route.
    package func stop() {
        let running = unsafe daemon.withLock { daemon in
            defer { unsafe daemon = nil }
            return unsafe daemon
        }
        if let running = unsafe running { unsafe MHD_stop_daemon(running) }
    }
}
