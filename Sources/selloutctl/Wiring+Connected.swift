import Batches
import Confinement
import Foundation
import Ledger
import Operations
import Pipeline
import Reports
import Sellout

extension Wiring {
    /// What the command stands on when operators call it.
    static let connected = Wiring(
        openLedger: { path in try SQLiteLedger(path: path) },
        profiles: { folder in
            let folder = ProfileFolder(path: folder)
            return (folder.profiles.map(\.terms), folder.faults.map(\.description))
        },
        files: { place in ConfinedFiles(reading(ProfileFolder(path: place.profiles))) },
        check: { place, path, reseller in try rehearse(place, path, reseller) },
        signs: { place, path in
            let folder = ProfileFolder(path: place.profiles)
            return ProfileSigns.all(of: try FileGlimpse.of(path, through: ConfinedFiles(reading(folder))), among: folder.profiles)
        },
        daemonRuns: { root in daemonRuns(root) },
        now: { Timestamp.now() })

    private static let timeLimit = Duration.seconds(1800)

    private static func reading(_ folder: ProfileFolder) -> ConfinedReader {
        ConfinedReader(pool: ReaderPool(executable: ReaderPool.executableBesideThis, profiles: folder.sources), timeLimit: timeLimit)
    }

    /// On a copy of the ledger, so that the answer is what the daemon would say, duplicates and restated figures included.
    private static func rehearse(_ place: Place, _ path: String, _ reseller: String?) throws -> Report {
        let folder = ProfileFolder(path: place.profiles)
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("sellout-check-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: scratch) }
        let copy = scratch.appendingPathComponent("ledger.db").path
        if let real = try? place.ledgerPath(mayCreate: false) { try SQLiteLedger(path: real).copy(to: copy) }
        let rehearsal = Rehearsal(onCopy: try SQLiteLedger(path: copy), reader: reading(folder), profiles: ProfileShelf(folder.profiles))
        return try rehearsal.report(on: path, reseller: reseller)
    }

    /// The daemon's lock names its process; nil where that may not be seen.
    private static func daemonRuns(_ root: String) -> Bool? {
        let lock = root + "/.ledger/lock"
        guard FileManager.default.fileExists(atPath: lock) else { return false }
        guard let text = try? String(contentsOfFile: lock, encoding: .utf8) else { return nil }
        guard let pid = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return false }
        return (try? String(contentsOfFile: "/proc/\(pid)/comm", encoding: .utf8)) == "selloutd\n"
    }
}
