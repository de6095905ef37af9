import Calling
import Foundation
import Testing

/// One version in all programs.
@Suite struct ReleaseTests {
    @Test func `the version is the newest release that the changelog names`() throws {
        let project = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }
        let changes = try String(contentsOf: project.appendingPathComponent("CHANGELOG.md"), encoding: .utf8)
        let releases = changes.split(separator: "\n").filter { $0.hasPrefix("## ") && $0.dropFirst(3).first?.isNumber == true }
        #expect(releases.first == "## \(Release.version)")
    }

    @Test(arguments: ["selloutd", "selloutctl", "selloutd-reader"])
    func `each program says its name and the version, and wants nothing else for it`(name: String) throws {
        // The built programs lie beside the test bundle.
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        let programs = (bundle ?? URL(fileURLWithPath: CommandLine.arguments[0])).deletingLastPathComponent()
        let process = Process()
        process.executableURL = programs.appendingPathComponent(name)
        process.arguments = ["--version"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let said = try output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(said == Data("\(name) \(Release.version)\n".utf8))
    }
}
