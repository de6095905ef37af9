import TestKit
import Testing

@Suite struct OneFileTests {
    @Test func `a dropped CSV becomes sales and a report with its figures, and its original is archived`() async throws {
        try await Scene.dropped.play()
    }

    @Test func `files of the reference inbox are taken while running, and an answer to each lies in the outbox`() async throws {
        try await Scene.reference.play()
    }
}
