import Foundation
import Testing

/// The built programs lie beside the test bundle.
let programs =
    Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL.deletingLastPathComponent()
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()

@Suite struct CageTests {
    private func attempt(_ deed: String) throws -> (reason: Process.TerminationReason, status: Int32) {
        let process = Process()
        process.executableURL = programs.appendingPathComponent("selloutd-reader")
        process.arguments = ["--try", deed]
        try process.run()
        process.waitUntilExit()
        return (process.terminationReason, process.terminationStatus)
    }

    @Test(arguments: ["socket", "process", "kill", "signal"])
    func `a reader that has been taken over dies of its first forbidden call`(deed: String) throws {
        let end = try attempt(deed)
        #expect(end.reason == .uncaughtSignal && end.status == SIGSYS, "\(end)")
    }

    @Test(arguments: ["file", "memory"])
    func `it opens no file and gets no more memory than its limit`(deed: String) throws {
        let end = try attempt(deed)
        #expect(end.reason == .exit && end.status == 1, "\(end)")
    }
}
