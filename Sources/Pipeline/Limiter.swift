import Batches
import Operations
import Sellout

/// Which file may run next. No more than `maxFiles` run at once; resellers take turns, and within one the order of arrival counts.
/// `maxFilesPerReseller` is everybody's share: who has less than that is served before who has more, and no place stays empty
/// while anybody waits. A replace runs alone within its reseller, a suspect runs alone.
package struct Limiter: Sendable {
    package let maxFiles: Int
    package let maxFilesPerReseller: Int

    /// Of these no file may run: their profile cannot be used.
    var withheld = Withheld.nobody

    private var lines: [String: [Batch]] = [:]
    /// Resellers with a line, the one whose turn is next in front.
    private var turns: [String] = []
    private var suspects: [Batch] = []
    private var running: [BatchID: Batch] = [:]
    private var runningOf: [String: Int] = [:]
    private var replacing: Set<String> = []
    private var suspectRuns = false
    private var waitingIDs: Set<BatchID> = []

    package init(maxFiles: Int = 24, maxFilesPerReseller: Int = 4) {
        self.maxFiles = maxFiles
        self.maxFilesPerReseller = maxFilesPerReseller
    }

    package var waiting: Int { waitingIDs.count }
    package func waiting(of reseller: String) -> Int { lines[reseller]?.count ?? 0 }
    /// Nobody waits for a place; perhaps somebody for a good profile.
    var waitsOnlyForProfiles: Bool { waitingByReseller.keys.allSatisfy(withheld.contains) }
    package var isIdle: Bool { running.isEmpty }
    package var runningBatches: [BatchID] { Array(running.keys) }
    package func isRunning(_ batch: BatchID) -> Bool { running[batch] != nil }

    package var waitingByReseller: [String: Int] {
        suspects.reduce(into: lines.mapValues(\.count)) { counts, batch in counts[batch.reseller, default: 0] += 1 }
    }

    /// A batch that is waiting or running already is left as it is.
    package mutating func add(_ batch: Batch) {
        guard running[batch.id] == nil, waitingIDs.insert(batch.id).inserted else { return }
        guard !batch.isSuspect else {
            suspects.append(batch)
            return
        }
        if lines[batch.reseller] == nil { turns.append(batch.reseller) }
        lines[batch.reseller, default: []].append(batch)
    }

    /// The next batch that may run now; it counts as running from here on.
    package mutating func admit() -> Batch? {
        guard !suspectRuns, running.count < maxFiles else { return nil }
        if let suspect = suspects.firstIndex(where: { !withheld.contains($0.reseller) }) {
            // What runs beside a suspect would be blamed for it, so the others end first.
            guard running.isEmpty else { return nil }
            suspectRuns = true
            return start(suspects.remove(at: suspect))
        }
        let able = turns.indices.filter { mayServe(turns[$0]) }
        let hungry = able.first { count(of: turns[$0]) < maxFilesPerReseller }
        guard let turn = hungry ?? able.min(by: { count(of: turns[$0]) < count(of: turns[$1]) }) else { return nil }
        let reseller = turns.remove(at: turn)
        guard var line = lines[reseller], !line.isEmpty else { return nil }
        let batch = line.removeFirst()
        lines[reseller] = line.isEmpty ? nil : line
        if !line.isEmpty { turns.append(reseller) }
        return start(batch)
    }

    package mutating func done(_ batch: BatchID) {
        guard let ended = running.removeValue(forKey: batch) else { return }
        runningOf[ended.reseller] = runningOf[ended.reseller].flatMap { $0 > 1 ? $0 - 1 : nil }
        if ended.mode.replaces { replacing.remove(ended.reseller) }
        if ended.isSuspect { suspectRuns = false }
    }

    private func mayServe(_ reseller: String) -> Bool {
        guard let first = lines[reseller]?.first, !replacing.contains(reseller), !withheld.contains(reseller) else { return false }
        return !first.mode.replaces || count(of: reseller) == 0
    }

    private func count(of reseller: String) -> Int { runningOf[reseller] ?? 0 }

    private mutating func start(_ batch: Batch) -> Batch {
        waitingIDs.remove(batch.id)
        running[batch.id] = batch
        runningOf[batch.reseller, default: 0] += 1
        if batch.mode.replaces { replacing.insert(batch.reseller) }
        return batch
    }
}

extension Batch {
    /// After so many tries that came to no end.
    private static let suspicious = 4

    /// It was being read when the process died by its own fault, or died again and again from outside: it runs alone, so that
    /// the next death is surely its own, and so that it comes to its end before that.
    var isSuspect: Bool { crashes > 0 || attempts >= Batch.suspicious }
}
