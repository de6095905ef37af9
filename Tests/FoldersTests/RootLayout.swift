import Folders
import Foundation

/// Lays out a root for a test.
struct RootLayout {
    let path: String

    @discardableResult
    func make(resellers: [String]) throws -> Root {
        for folder in resellers.flatMap({ ["\($0)/inbox/replace", "\($0)/outbox"] }) + ["reference/inbox", "reference/outbox"] {
            try FileManager.default.createDirectory(atPath: "\(path)/\(folder)", withIntermediateDirectories: true)
        }
        return try Root(path: path)
    }
}
