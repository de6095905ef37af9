import Batches
import Glibc
import Linux

/// Reports that lie in outboxes. They say whose file a batch was where nothing else says it any more.
package struct SentReports: Sendable {
    private let root: Root
    private static let ending = ".json"
    /// No report of ours is longer.
    private static let longest: Int64 = 64 << 20

    package init(root: Root) { self.root = root }

    /// By the first digits of the batches' ids, the reports that bear them in their names, and whose outbox each lies in.
    package func find(_ batches: [BatchID]) throws(SystemFault) -> [String: [(sender: Sender, bytes: [UInt8])]] {
        let wanted = Set(batches.map(\.short))
        var found: [String: [(sender: Sender, bytes: [UInt8])]] = [:]
        try root.eachHome { sender, home in
            guard let outbox = try? home.folder("outbox"), let names = try? outbox.namesAsTheyCome() else { return }
            for name in names {
                guard let short = Self.short(name), wanted.contains(short), let bytes = Self.content(of: name, in: outbox) else { continue }
                found[short, default: []].append((sender, bytes))
            }
        }
        return found
    }

    /// `NAME.xxxxxxxx.json`
    private static func short(_ name: FileName) -> String? {
        guard name.bytes.count > 14, name.bytes.suffix(5).elementsEqual(ending.utf8) else { return nil }
        let digits = name.bytes.dropLast(5).suffix(9)
        return digits.first == UInt8(ascii: ".") ? String(decoding: digits.dropFirst(), as: UTF8.self) : nil
    }

    /// Nil for what cannot be read, or is no plain file: a reseller may have put it there.
    private static func content(of name: FileName, in outbox: Folder) -> [UInt8]? {
        guard let file = try? outbox.open(name, flags: O_RDONLY | O_NONBLOCK),
            let status = try? FileStatus(of: file, path: outbox.path(of: name)), status.kind == .regular,
            (1...longest).contains(status.fingerprint.size)
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(status.fingerprint.size))
        guard let count = try? file.read(into: &bytes, at: 0, path: outbox.path(of: name)), count == bytes.count else { return nil }
        return bytes
    }
}
