/// What clients may cost the server. The standard is for a few programs on this machine, `open` for people and programs anywhere.
package struct ServerLimits: Hashable, Sendable {
    /// Threads that move bytes and run the quick routes, for each address. 1 to 64.
    package var threads = 4
    /// Slow routes that run at once; further ones wait their turn. 1 to 64.
    package var workers = 4
    /// Connections at once. For one more, the one that has longest brought no whole request is cut.
    package var connections = 64
    /// The same for one client address, or one /64 of IPv6; nil for no such limit. Unix sockets have none.
    package var connectionsPerAddress: Int?
    /// Bytes for one connection's request head and answer head together; a longer head is answered 431 or 414.
    package var connectionMemory = 32 << 10
    package var headers = 100
    /// For a request's head, from the connection's start or the request's first line to its end, however busy it looks: a client
    /// that drips one byte a second is never idle.
    package var head: Duration = .seconds(10)
    /// A client brings its body, and takes its answer, at least so fast, in bytes per second, and may lag behind by `grace`.
    package var slowest = 8 << 10
    package var grace: Duration = .seconds(15)
    /// A connection on which nothing moves this long is closed. Whole seconds.
    package var idle: Duration = .seconds(10)

    package init() {}

    /// For an address that strangers reach.
    package static let open: ServerLimits = {
        var limits = ServerLimits()
        limits.threads = 8
        limits.workers = 8
        limits.connections = 4096
        limits.connectionsPerAddress = 1024
        limits.connectionMemory = 16 << 10
        return limits
    }()

    var threadsMade: Int { min(max(threads, 1), 64) }
    var workersMade: Int { min(max(workers, 1), 64) }
    var connectionsKept: Int { min(max(connections, 1), 1 << 16) }

    /// What libmicrohttpd takes. It deals this number out to its threads, and a thread that has its share takes no more, so each has
    /// some to spare: the doorkeeper cuts before a newcomer finds no room.
    var connectionsTaken: Int { ((connectionsKept + threadsMade - 1) / threadsMade + 8) * threadsMade }
}
