import TestKit
import Testing

/// The same scenes that are played with the real programs.
@Suite struct ScenesTests {
    @Test(arguments: Scene.all)
    func `in this process`(scene: Scene) async throws { try await scene.play(on: .inThisProcess) }
}
