import Foundation
import Glibc
import Synchronization
import Testing

@testable import Accounts

@Suite final class TokenKeyTests {
    private let folder: String
    private var path: String { folder + "/web.key" }

    init() throws { folder = try Samples.folder() }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private func write(_ bytes: Int, mode: Int) throws {
        try Data(repeating: 7, count: bytes).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    @Test func `a key is made once, for its owner alone, and nothing is left beside it`() throws {
        let key = try TokenKey(path: path)
        #expect(key.bytes.count == 32 && Set(key.bytes).count > 8)
        #expect(try TokenKey(path: path).bytes == key.bytes)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["web.key"])
    }

    @Test func `many that make it at once end with one key`() throws {
        for _ in 0..<30 {
            let keys = Mutex<[[UInt8]]>([])
            let path = path
            DispatchQueue.concurrentPerform(iterations: 8) { _ in
                let key = try? TokenKey(path: path)
                keys.withLock { $0.append(key?.bytes ?? []) }
            }
            let found = keys.withLock { Set($0) }
            #expect(found.count == 1 && found.first?.count == 32)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["web.key"])
            try FileManager.default.removeItem(atPath: path)
        }
    }

    @Test func `in a folder that two users share, the group may read the key and nobody else may`() throws {
        #expect(unsafe chmod(folder, 0o2770) == 0)
        let key = try TokenKey(path: path)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        #expect(try TokenKey(path: path).bytes == key.bytes)
        for mode in [0o660, 0o644, 0o650] {
            try write(32, mode: mode)
            #expect(throws: KeyFault.self, "\(String(mode, radix: 8))") { try TokenKey(path: self.path) }
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root may give a file away"))
    func `what root makes first is the owner's and the group's of the folder`() throws {
        for (mode, wanted) in [(0o700, 0o600), (0o2770, 0o640)] as [(mode_t, Int)] {
            #expect(unsafe chown(folder, 4711, 4712) == 0)
            #expect(unsafe chmod(folder, mode) == 0)
            let key = try TokenKey(path: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.ownerAccountID] as? Int == 4711 && attributes[.groupOwnerAccountID] as? Int == 4712)
            #expect(attributes[.posixPermissions] as? Int == wanted)
            #expect(try TokenKey(path: path).bytes == key.bytes)
            try FileManager.default.removeItem(atPath: path)
        }
        // Of another group it is not the folder's to share.
        try write(32, mode: 0o640)
        #expect(unsafe chown(path, 4711, 4713) == 0)
        #expect(throws: KeyFault.self) { try TokenKey(path: self.path) }
    }

    @Test(arguments: [0o640, 0o604, 0o660, 0o644, 0o610, 0o601])
    func `a key that others may reach is refused with one sentence`(mode: Int) throws {
        try write(32, mode: mode)
        #expect {
            try TokenKey(path: self.path)
        } throws: { error in
            let sentence = String(describing: error)
            return sentence.contains("chmod 600") && !sentence.contains("\n")
        }
    }

    @Test(arguments: [(0, false), (31, false), (32, true), (4096, true), (4097, false)])
    func `a key of another size is none`(bytes: Int, isKey: Bool) throws {
        try write(bytes, mode: 0o600)
        let key = try? TokenKey(path: path)
        #expect((key != nil) == isKey)
    }

    @Test func `a link, a folder or a pipe in its place is refused, and nothing waits for it`() throws {
        try write(32, mode: 0o600)
        let (link, pipe, loose) = (folder + "/link", folder + "/pipe", folder + "/loose")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        try FileManager.default.createSymbolicLink(atPath: loose, withDestinationPath: folder + "/nowhere")
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        for bad in [link, pipe, folder, loose] { #expect(throws: KeyFault.self) { try TokenKey(path: bad) } }
        #expect(!FileManager.default.fileExists(atPath: folder + "/nowhere"))
    }

    @Test func `where no file can be made there is a sentence`() throws {
        #expect(throws: KeyFault.self) { try TokenKey(path: folder + "/missing/web.key") }
    }
}
