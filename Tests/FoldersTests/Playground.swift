import Batches
import Foundation
import Glibc
import Linux
import Testing

@testable import Folders

/// A root in a temporary folder, with what senders do to it. When a test is over, nothing may be open in it any more.
final class Playground: Sendable {
    let path: String

    private init() {
        path = FileManager.default.temporaryDirectory.path + "/folders-" + BatchID().text
    }

    /// Runs a test in a playground with the given resellers, and fails it on descriptors left open.
    static func with(_ resellers: [String] = ["boxnox"], _ body: (Playground, Root) async throws -> Void) async throws {
        Claim.ignoreLeaseSignals()
        let playground = Playground()
        defer { try? FileManager.default.removeItem(atPath: playground.path) }
        try await body(playground, RootLayout(path: playground.path).make(resellers: resellers))
        #expect(playground.openDescriptors == [])
    }

    func path(_ inside: String) -> String { "\(path)/\(inside)" }

    /// Drops a file as a whole: written elsewhere, renamed in.
    func drop(_ text: String, at inside: String) throws {
        let draft = path(".draft-" + BatchID().text)
        try Data(text.utf8).write(to: URL(fileURLWithPath: draft))
        try check(unsafe Glibc.rename(draft, path(inside)))
    }

    func makeFolder(_ inside: String) throws { try check(unsafe mkdir(path(inside), 0o770)) }
    func removeFolder(_ inside: String) throws { try check(unsafe rmdir(path(inside))) }
    func makePipe(_ inside: String) throws { try check(unsafe mkfifo(path(inside), 0o660)) }
    func move(_ from: String, to: String) throws { try check(unsafe Glibc.rename(path(from), path(to))) }
    func remove(_ inside: String) throws { try check(unsafe unlink(path(inside))) }
    func setMode(_ inside: String, _ mode: mode_t) throws { try check(unsafe chmod(path(inside), mode)) }
    func linkSymbolically(_ inside: String, to target: String) throws { try check(unsafe symlink(path(target), path(inside))) }
    func linkHard(_ inside: String, to target: String) throws { try check(unsafe link(path(target), path(inside))) }

    /// As an upload client does that restores the times of the sender's disk.
    func setTimes(_ inside: String, secondsSince1970: Int) throws {
        let time = timespec(tv_sec: secondsSince1970, tv_nsec: 0)
        try check(unsafe utimensat(AT_FDCWD, path(inside), [time, time], 0))
    }

    private func check(_ result: Int32, _ operation: String = #function) throws {
        guard result == 0 else { throw SystemFault(operation, path: path) }
    }

    /// Opens a file for writing, as an uploader does.
    func uploader(at inside: String) throws -> Descriptor {
        try Descriptor(opening: path(inside), flags: O_WRONLY | O_CREAT, mode: 0o660)
    }

    func text(at inside: String) -> String? {
        FileManager.default.contents(atPath: path(inside)).map { String(decoding: $0, as: UTF8.self) }
    }

    func exists(_ inside: String) -> Bool {
        var found = stat()
        return unsafe lstat(path(inside), &found) == 0
    }

    func names(in inside: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(inside))) ?? []).sorted()
    }

    /// The path of a batch's file in the spool.
    func spooled(_ batch: BatchID) -> String {
        let crate = names(in: ".spool").first { $0.hasPrefix(batch.text + ".") } ?? batch.text
        return ".spool/\(crate)/\(names(in: ".spool/" + crate).first ?? "nothing")"
    }

    /// What of this playground is open in this process, inotify descriptors that watch its root included. Other tests run
    /// at the same time, so that a bare count would say nothing.
    var openDescriptors: [String] {
        var root = stat()
        guard unsafe stat(path, &root) == 0 else { return [] }
        let watchMark = "ino:" + String(root.st_ino, radix: 16) + " "
        return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []).compactMap { number in
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)"), target.hasPrefix(path) {
                return target
            }
            guard let about = try? String(contentsOfFile: "/proc/self/fdinfo/\(number)", encoding: .utf8) else { return nil }
            return about.contains("inotify") && about.contains(watchMark) ? "inotify" : nil
        }
    }
}

extension Place {
    init(_ inbox: Inbox, named name: String) throws { self.init(inbox, try #require(FileName(name))) }
}

extension ClaimOutcome {
    var file: StoredFile? { if case .claimed(let file) = self { file } else { nil } }
    var isBusy: Bool { if case .busy = self { true } else { false } }
    var isGone: Bool { if case .gone = self { true } else { false } }
    var refusal: Refusal? { if case .refused(let refusal) = self { refusal } else { nil } }
}

extension Root {
    /// Looks at one place and claims what lies there, as it is. A fault of the surroundings is thrown.
    func claim(_ place: Place, steady: Bool = false, as batch: BatchID = BatchID()) throws(SystemFault) -> ClaimOutcome {
        guard let found = try InboxScan(root: self).look(at: [place])[0] else { return .gone }
        let outcome = Claim(root: self).take([Claim.Wish(place, seen: found.fingerprint, isSteady: steady)], as: [batch])[0]
        if case .failed(let fault) = outcome { throw fault }
        return outcome
    }

    /// Claims all that lies in the inboxes, a few files at a time; what cannot be claimed stays.
    func claimEverything() throws -> [StoredFile] {
        let (survey, found) = try InboxScan(root: self).everything()
        #expect(survey.troubles.isEmpty)
        let wishes = survey.inboxes.flatMap { found[$0] ?? [] }.filter { !$0.place.name.isWorkingName }
            .map { Claim.Wish($0.place, seen: $0.fingerprint) }
        var claimed: [StoredFile] = []
        for start in stride(from: 0, to: wishes.count, by: 5) {
            for outcome in Claim(root: self).take(Array(wishes[start..<min(start + 5, wishes.count)])) {
                if case .failed(let fault) = outcome { throw fault }
                if let file = outcome.file { claimed.append(file) }
            }
        }
        spool.letGo(claimed.map(\.batch))
        return claimed
    }

    func storedFile(of batch: BatchID) throws -> StoredFile? { try spool.files().first { $0.batch == batch } }
}
