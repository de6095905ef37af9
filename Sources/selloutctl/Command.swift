/// A command: how it is called, and what it does.
struct Command: Sendable {
    let shape: CommandShape
    let run: @Sendable (Session) throws -> Void

    init(_ shape: CommandShape, run: @escaping @Sendable (Session) throws -> Void) {
        self.shape = shape
        self.run = run
    }
}
