/// Where a scene is played: in this process, or with the real programs.
package struct Stage: Sendable {
    /// Runs `selloutctl` with these words over the playground's root.
    package let ask: @Sendable (Playground, [String]) async throws -> CommandEnd
    /// Begins to take files; returns when all has been looked at once.
    package let open: @Sendable (Playground, _ settle: Double) async throws -> any House

    package init(
        ask: @escaping @Sendable (Playground, [String]) async throws -> CommandEnd,
        open: @escaping @Sendable (Playground, Double) async throws -> any House
    ) {
        self.ask = ask
        self.open = open
    }
}

/// What takes files while a scene is played.
package protocol House: Sendable {
    func stop() async throws
    /// Reads the profiles again.
    func reload() async throws
    /// Why it is not ready; empty where it is.
    func reasonsNotReady() async throws -> String
}
