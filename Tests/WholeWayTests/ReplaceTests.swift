import TestKit
import Testing

/// Files dropped into `inbox/replace/`.
@Suite struct ReplaceTests {
    @Test func `a replacing file swaps the reseller's sales for its own, and no other reseller's`() async throws {
        try await Scene.replacing.play()
    }

    @Test func `a replacing file with a failed row replaces nothing and waits for approval`() async throws {
        try await Scene.replacingWithFailedRow.play()
    }
}
