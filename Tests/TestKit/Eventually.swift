import Testing

/// What did not come about in time, and what was there instead.
package struct NeverCame: Error, CustomStringConvertible {
    let wish: String
    let seen: String
    package var description: String { "waited in vain for \(wish); seen: \(seen)" }
}

/// Waits until `holds`, looking again and again, and fails with what was seen where it never does. The limit is generous: it is
/// there to end a test that would hang, and is no measure of speed.
package func eventually(
    _ wish: String, within limit: Duration = .seconds(60), at location: SourceLocation = #_sourceLocation,
    seen: () async -> String = { "" }, _ holds: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !holds() {
        guard ContinuousClock.now < deadline else {
            let fault = NeverCame(wish: wish, seen: await seen())
            Issue.record(fault, sourceLocation: location)
            throw fault
        }
        try await Task.sleep(for: .milliseconds(15))
    }
}
