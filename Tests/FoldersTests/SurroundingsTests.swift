import Batches
import Glibc
import Linux
import Testing

@testable import Folders

/// A small file system of its own, where the machine permits mounts.
private struct SmallDisk: ~Copyable {
    let path: String

    init(options: String) throws {
        path = "/tmp/folders-disk-" + BatchID().text
        guard unsafe mkdir(path, 0o755) == 0, unsafe mount("tmpfs", path, "tmpfs", 0, options) == 0 else {
            throw SystemFault("mount", path: path)
        }
    }

    func makeReadOnly(_ isReadOnly: Bool) throws {
        let flags = UInt(32) | (isReadOnly ? 1 : 0)  // MS_REMOUNT, MS_RDONLY
        guard unsafe mount("tmpfs", path, "tmpfs", flags, nil) == 0 else { throw SystemFault("remount", path: path) }
    }

    deinit {
        unsafe umount2(path, 2)  // MNT_DETACH
        unsafe rmdir(path)
    }

    static let isPermitted = (try? SmallDisk(options: "size=64k")) != nil
}

@Suite(.enabled(if: SmallDisk.isPermitted, "mounts are not permitted here")) struct SurroundingsTests {
    private let place = Place(.reseller("boxnox"), "a.csv")

    private func drop(_ text: String, at path: String) throws {
        try Descriptor(opening: path, flags: O_WRONLY | O_CREAT, mode: 0o660).write(text.utf8)
    }

    @Test func `on a full disk nothing is claimed and nothing half done, and it goes on when there is room`() throws {
        let disk = try SmallDisk(options: "size=1m,nr_inodes=16")
        let root = try RootLayout(path: disk.path).make(resellers: ["boxnox"])
        try drop("content", at: disk.path + "/boxnox/inbox/a.csv")
        var stuffing = 0
        while (try? drop("", at: disk.path + "/stuffing\(stuffing)")) != nil { stuffing += 1 }
        #expect { try root.claim(place) } throws: { ($0 as? SystemFault)?.errno == ENOSPC }
        #expect(try root.spool.folder.names() == [])
        #expect(try InboxScan(root: root).files(in: place.inbox).map(\.place) == [place])
        #expect(unsafe unlink(disk.path + "/stuffing0") == 0)
        #expect(try root.claim(place).file != nil)
    }

    @Test func `a report that has no room leaves no draft and the earlier report`() throws {
        let disk = try SmallDisk(options: "size=256k")
        let root = try RootLayout(path: disk.path).make(resellers: ["boxnox"])
        let outbox = Outbox(root: root)
        try outbox.publish([Outbox.Answer("a.json", Array("earlier".utf8))], for: .reseller("boxnox"))
        let tooMuch = [UInt8](repeating: 0x61, count: 512 * 1024)
        #expect { try outbox.publish([Outbox.Answer("a.json", tooMuch)], for: .reseller("boxnox")) } throws: {
            ($0 as? SystemFault)?.errno == ENOSPC
        }
        let folder = try root.openOutbox(of: .reseller("boxnox"))
        #expect(try folder.names() == ["a.json"])
        #expect(try folder.status(of: "a.json")?.fingerprint.size == 7)
    }

    @Test func `on a read-only disk claims and reports fail, and succeed when it is writable again`() throws {
        let disk = try SmallDisk(options: "size=1m")
        let root = try RootLayout(path: disk.path).make(resellers: ["boxnox"])
        try drop("content", at: disk.path + "/boxnox/inbox/a.csv")
        try disk.makeReadOnly(true)
        #expect { try root.claim(place) } throws: { ($0 as? SystemFault)?.errno == EROFS }
        #expect { try Outbox(root: root).publish([Outbox.Answer("a.json", Array("x".utf8))], for: .reseller("boxnox")) } throws: {
            ($0 as? SystemFault)?.errno == EROFS
        }
        try disk.makeReadOnly(false)
        #expect(try root.claim(place).file != nil)
        #expect(throws: Never.self) { try Outbox(root: root).publish([Outbox.Answer("a.json", Array("x".utf8))], for: .reseller("boxnox")) }
    }

    @Test func `an inbox on another disk is named at start, and a claim from it fails with nothing half done`() throws {
        let disk = try SmallDisk(options: "size=1m")
        let root = try RootLayout(path: disk.path).make(resellers: ["boxnox"])
        #expect(try root.foldersElsewhere(root.survey().inboxes) == [])
        let inbox = disk.path + "/boxnox/inbox"
        #expect(unsafe mount("tmpfs", inbox, "tmpfs", 0, "size=64k") == 0)
        defer { _ = unsafe umount2(inbox, 2) }
        try drop("content", at: inbox + "/a.csv")
        #expect(try root.foldersElsewhere(root.survey().inboxes) == [inbox])
        #expect { try root.claim(place) } throws: { ($0 as? SystemFault)?.errno == EXDEV }
        #expect(try root.spool.folder.names() == [])
        #expect(try InboxScan(root: root).files(in: place.inbox).count == 1)
    }

    @Test func `an outbox mounted by itself from the same disk is elsewhere too`() throws {
        let disk = try SmallDisk(options: "size=1m")
        let root = try RootLayout(path: disk.path).make(resellers: ["boxnox"])
        let outbox = disk.path + "/boxnox/outbox"
        #expect(unsafe mount(outbox, outbox, nil, 4096, nil) == 0)  // MS_BIND
        defer { _ = unsafe umount2(outbox, 2) }
        #expect(try root.foldersElsewhere(root.survey().inboxes) == [outbox])
    }
}
