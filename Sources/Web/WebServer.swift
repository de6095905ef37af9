import Glibc
import Linux
import Synchronization

/// Owns the HTTP server, from init to `stop()`: for each address a few threads of libmicrohttpd's, and the workers for all.
package final class WebServer: Sendable {
    /// Where it listens, with the ports that the system chose where 0 was asked for.
    package let addresses: [ListenAddress]
    // Lent to libmicrohttpd; lives until its threads have ended, because `deinit` stops them first.
    private let reception: Reception
    private let daemons: Mutex<[HTTPDaemon]>

    /// The first one.
    package var address: ListenAddress { addresses.first ?? .off }

    /// Nil where the address is `off`.
    package static func start(on address: ListenAddress, routes: Routes, settings: ServerSettings = ServerSettings()) throws(WebFault)
        -> WebServer?
    {
        address == .off ? nil : try WebServer(on: [.address(address)], routes: routes, settings: settings)
    }

    package convenience init(on address: ListenAddress, routes: Routes, limits: ServerLimits = ServerLimits()) throws(WebFault) {
        var settings = ServerSettings()
        settings.limits = limits
        try self.init(on: [.address(address)], routes: routes, settings: settings)
    }

    /// All of them or none. `off` among them is passed over.
    package init(on places: [ListenPlace], routes: Routes, settings: ServerSettings = ServerSettings()) throws(WebFault) {
        let reception = Reception(routes, settings)
        var started: [HTTPDaemon] = []
        var addresses: [ListenAddress] = []
        OpenFiles.allow(settings.limits.connectionsTaken + 256)
        do throws(WebFault) {
            for place in places where place != .address(.off) {
                let socket = try ListeningSocket(place)
                addresses.append(socket.address)
                started.append(try HTTPDaemon(socket, reception, settings))
            }
        } catch {
            for daemon in started { daemon.stop() }
            throw error
        }
        self.reception = reception
        self.addresses = addresses
        daemons = Mutex(started)
    }

    deinit { stop() }

    /// Takes no more connections, and returns when all requests that had begun are answered, or after `patience`. Then closes every
    /// connection, and returns when the threads have ended, so after the answers that are being made. Not to be called from a route.
    package func stop(patience: Duration = .zero) {
        let running = daemons.withLock { daemons in
            defer { daemons = [] }
            return daemons
        }
        guard !running.isEmpty else { return }
        let sockets = running.map { $0.takeNoMore() }
        // Only now: a socket that a service manager has handed over keeps its queue for whoever comes next.
        defer { for socket in sockets where socket >= 0 { close(socket) } }
        reception.pauses.isClosing = true
        let deadline = ContinuousClock.now.advanced(by: patience)
        while reception.tally.inFlight > 0, ContinuousClock.now < deadline {
            var time = timespec(tv_sec: 0, tv_nsec: 10_000_000)
            _ = unsafe nanosleep(&time, nil)
        }
        reception.pauses.close()
        for daemon in running { daemon.stop() }
        reception.workers.drain()
    }
}

/// How many files the process may have open.
private enum OpenFiles {
    /// Asks for that many, as far as the system lets it.
    static func allow(_ count: Int) {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(count) else { return }
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
