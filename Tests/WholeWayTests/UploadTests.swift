import TestKit
import Testing

/// Uploads and files without a name, with the real programs.
@Suite struct UploadTests {
    @Test(arguments: Scene.uploads + Scene.unnamed)
    func `over real folders`(scene: Scene) async throws { try await scene.play() }
}
