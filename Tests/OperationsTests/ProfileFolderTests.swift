import Foundation
import Operations
import Testing

/// What a folder of profiles gives where some of them have mistakes.
@Suite final class ProfileFolderTests {
    private let folder = FileManager.default.temporaryDirectory.path + "/profiles-" + UUID().uuidString
    private let sample: String

    init() throws {
        let project = (0..<3).reduce(URL(fileURLWithPath: #filePath)) { path, _ in path.deletingLastPathComponent() }.path
        sample = try String(contentsOfFile: project + "/samples/resellers/boxnox.json5", encoding: .utf8)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).json5"))
    }

    private func profile(_ reseller: String) -> String {
        sample.replacingOccurrences(of: "reseller: \"boxnox\"", with: "reseller: \"\(reseller)\"")
    }

    private var now: ProfileFolder { ProfileFolder(path: folder) }

    @Test func `a profile that gets a mistake serves on as it was, and the trouble says so`() throws {
        try write(profile("boxnox"), "boxnox")
        try write(profile("liberty"), "liberty")
        let good = now
        #expect(good.trouble == nil && good.withheld == .nobody)
        for mistake in ["{ reseller: \"boxnox\", vendr: 7 }", "{ no JSON5"] {
            try write(mistake, "boxnox")
            let kept = now.keeping(good)
            #expect(Set(kept.profiles.map(\.reseller)) == ["boxnox", "liberty"])
            #expect(kept.sources.first { $0.file == "boxnox.json5" }?.json5 == Array(profile("boxnox").utf8))
            #expect(kept.goingOn == ["boxnox"] && kept.withheld == .nobody)
            let trouble = try #require(kept.trouble)
            #expect(trouble.contains("boxnox.json5") && trouble.hasPrefix("The last good profile serves boxnox."))
            // And again, with what was kept.
            #expect(now.keeping(kept).goingOn == ["boxnox"])
        }
        try write(profile("boxnox"), "boxnox")
        #expect(now.keeping(good).goingOn.isEmpty)
    }

    @Test func `a mistaken profile that never served has its reseller's files wait: told by its key, or by the file's name`() throws {
        try write(profile("liberty"), "liberty")
        try write("{ reseller: \"boxnox\", vendr: 7 }", "box")
        try write("{ no JSON5", "galilu")
        let found = now
        #expect(found.withheld == .only(["boxnox", "box", "galilu"]))
        #expect(found.trouble?.hasPrefix("Files of box, boxnox, galilu wait for a good profile.") == true)
    }

    @Test func `a profile that was taken away serves no longer, and a mistake that moved to another file is the same reseller's`() throws {
        try write(profile("boxnox"), "boxnox")
        try write(profile("liberty"), "liberty")
        let good = now
        try FileManager.default.removeItem(atPath: folder + "/liberty.json5")
        #expect(now.keeping(good).profiles.map(\.reseller) == ["boxnox"])
        try FileManager.default.removeItem(atPath: folder + "/boxnox.json5")
        try write("{ reseller: \"boxnox\", vendr: 7 }", "boxnox2")
        #expect(now.keeping(good).profiles.map(\.reseller) == ["boxnox"])
        try write(profile("boxnox"), "boxnox3")
        let moved = now.keeping(good)
        #expect(moved.goingOn.isEmpty && moved.sources.map(\.file) == ["boxnox3.json5"])
    }

    @Test func `a folder that cannot be seen, or holds nothing, takes no profile away, and at a start has everybody wait`() throws {
        #expect(now.withheld == .allBut([]) && now.trouble?.hasPrefix("All files wait for good profiles.") == true)
        try write(profile("boxnox"), "boxnox")
        let good = now
        try FileManager.default.removeItem(atPath: folder)
        let kept = now.keeping(good)
        #expect(kept.profiles.map(\.reseller) == ["boxnox"] && kept.goingOn == ["boxnox"])
        #expect(!kept.withheld.contains("boxnox") && kept.withheld.contains("liberty"))
        #expect(now.withheld.contains("boxnox"))
    }
}
