import Foundation
import Glibc
import Linux
import TestKit
import Testing

/// A folder that lets nobody in is its own trouble. Root may enter everything, so the daemon runs as somebody else here.
@Suite(.enabled(if: Nobody.canRun, "needs root, setpriv(1), and programs that everybody may run"))
struct OneBadFolderTests {
    @Test func `a closed inbox keeps neither the daemon from starting nor others from being served, and is taken up when it opens`()
        async throws
    {
        try await Playground.with { playground in
            try playground.makeFolder("lost+found")
            try Nobody.own(playground.folder)
            for closed in ["lost+found", "boxnox/inbox", "skins_sa"] { try playground.close(closed) }
            let daemon = try await playground.daemon(asNobody: true)
            #expect(try await daemon.get("/readyz").status == 200)
            let status = try await daemon.get("/status").body
            #expect(status.contains("boxnox/inbox") && status.contains("/skins_sa") && !status.contains("lost+found"), "\(status)")
            #expect(daemon.program.said.contains("boxnox/inbox"))
            try playground.drop(Samples.online(2), at: "online/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
            // Root drops into the closed one what its owner left there before he closed it.
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/b.csv")
            try playground.open("boxnox/inbox")
            #expect(try await playground.report(on: "b.csv").status == "completed")
            try await eventually("the status to be quiet about it") { try await !daemon.get("/status").body.contains("boxnox/inbox") }
        }
    }

    @Test func `while one folder is closed, others' new folders are noticed, and what it holds is waited for`() async throws {
        try await Playground.with { playground in
            try FileManager.default.removeItem(atPath: playground.path("online"))
            try Nobody.own(playground.folder)
            let daemon = try await playground.daemon(asNobody: true)
            try playground.close("boxnox/inbox")
            try playground.drop(Samples.boxnox, at: "boxnox/inbox/b.csv")
            try await eventually("the status to name it") { try await daemon.get("/status").body.contains("boxnox/inbox") }
            try playground.layReseller("online")
            try Nobody.own(playground.path("online"))
            try playground.drop(Samples.online(2), at: "online/inbox/a.csv")
            #expect(try await playground.report(on: "a.csv", for: "online").status == "completed")
            #expect(try await daemon.get("/readyz").status == 200)
            try playground.open("boxnox/inbox")
            #expect(try await playground.report(on: "b.csv").status == "completed")
        }
    }
}

/// A user without any rights of his own.
enum Nobody {
    static let id: uid_t = 65_534

    static let canRun: Bool = {
        guard geteuid() == 0, FileManager.default.isExecutableFile(atPath: "/usr/bin/setpriv") else { return false }
        // Whoever builds in a folder of his own lets nobody in.
        return sequence(first: Programs.folder) { $0 == "/" ? nil : ($0 as NSString).deletingLastPathComponent }.allSatisfy { folder in
            var found = stat()
            return unsafe stat(folder, &found) == 0 && found.st_mode & 0o001 != 0
        }
    }()

    static let words = ["/usr/bin/setpriv", "--reuid=\(id)", "--regid=\(id)", "--clear-groups"]

    static func own(_ folder: String) throws {
        let inside = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for path in [folder] + inside.map({ folder + "/" + $0 }) {
            guard unsafe lchown(path, id, id) == 0 else { throw SystemFault("chown", path: path) }
        }
    }
}

extension Playground {
    fileprivate func open(_ inside: String) throws {
        try Nobody.own(path(inside))
        guard unsafe chmod(path(inside), 0o770) == 0 else { throw SystemFault("open", path: path(inside)) }
    }

    fileprivate func close(_ inside: String) throws {
        // Nobody's own folder would open for him again; so it is root's, with no way in.
        guard unsafe chown(path(inside), 0, 0) == 0, unsafe chmod(path(inside), 0o700) == 0 else {
            throw SystemFault("close", path: path(inside))
        }
    }
}
