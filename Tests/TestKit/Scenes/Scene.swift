/// What happens when resellers and operators do something, told once: played in this process, and with the real programs.
package struct Scene: Sendable, CustomStringConvertible {
    /// States condition and consequence.
    package let description: String
    private let body: @Sendable (Playground) async throws -> Void

    init(_ description: String, _ body: @escaping @Sendable (Playground) async throws -> Void) {
        self.description = description
        self.body = body
    }

    package func play(on stage: Stage) async throws { try await Playground.with(stage, body) }

    package static let all = oneFile + controlFiles + uploads + unnamed + manners + operators + comingAndGoing
}
