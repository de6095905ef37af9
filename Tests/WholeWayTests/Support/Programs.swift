import Foundation
import Glibc
import TestKit

/// Where the built programs lie: beside the test bundle, or where `SELLOUT_PROGRAMS` says.
enum Programs {
    static let folder: String = {
        if let told = ProcessInfo.processInfo.environment["SELLOUT_PROGRAMS"], !told.isEmpty {
            return URL(fileURLWithPath: told).standardizedFileURL.path
        }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = (bundle as NSString).deletingLastPathComponent
        return FileManager.default.isExecutableFile(atPath: beside + "/selloutd") ? beside : sources + "/.build/debug"
    }()

    static var sources: String { Samples.sources }

    /// Failpoints are compiled into debug builds alone.
    static var areRelease: Bool { folder.hasSuffix("/release") }

    static func path(of name: String) -> String { folder + "/" + name }
}
