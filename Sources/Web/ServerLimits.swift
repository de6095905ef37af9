/// What one client may cost the server.
package struct ServerLimits: Hashable, Sendable {
    /// Connections at once; further ones wait in the kernel's queue. 1 or more.
    package var connections = 64
    /// Bytes for one connection's request head and answer head together; a longer head is answered 431 or 414.
    package var connectionMemory = 32 * 1024
    /// A connection on which nothing moves this long is closed. Whole seconds.
    package var idle: Duration = .seconds(10)
    /// A connection that has not brought a whole request and taken its answer this long is closed, however busy it looks:
    /// a client that drips one byte a second is never idle.
    package var patience: Duration = .seconds(60)

    package init() {}
}
