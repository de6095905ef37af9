/// Decides which file may run next: so many at once, so many of one reseller, resellers in turn, and within one in the order
/// of arrival. It only decides; `Works` runs.
package struct Limiter: Sendable {
    package let maxFiles: Int
    package let maxFilesPerReseller: Int

    private var lines: [String: [QueuedFile]] = [:]
    /// The resellers that have a line, the next one to be served first.
    private var turns: [String] = []
    private var suspects: [QueuedFile] = []
    private var running: [String: Int] = [:]
    private var replacing: Set<String> = []
    private var runningCount = 0
    private var suspectRuns = false

    package init(maxFiles: Int = 24, maxFilesPerReseller: Int = 4) {
        self.maxFiles = max(1, maxFiles)
        self.maxFilesPerReseller = max(1, maxFilesPerReseller)
    }

    package var waiting: Int { suspects.count + lines.values.reduce(0) { $0 + $1.count } }

    package var waitingByReseller: [String: Int] {
        suspects.reduce(into: lines.mapValues(\.count)) { $0[$1.reseller, default: 0] += 1 }
    }

    package mutating func add(_ file: QueuedFile) {
        if file.isSuspect {
            suspects.append(file)
            return
        }
        if lines[file.reseller] == nil { turns.append(file.reseller) }
        lines[file.reseller, default: []].append(file)
    }

    /// The next file that may run now; it counts as running from here on.
    package mutating func admit() -> QueuedFile? {
        guard !suspectRuns, runningCount < maxFiles else { return nil }
        if !suspects.isEmpty {
            // What runs beside a suspect would be blamed for it, so the others end first.
            guard runningCount == 0 else { return nil }
            suspectRuns = true
            return start(suspects.removeFirst())
        }
        guard let turn = turns.firstIndex(where: { mayServe($0) }) else { return nil }
        let reseller = turns.remove(at: turn)
        guard var line = lines[reseller], !line.isEmpty else { return nil }
        let file = line.removeFirst()
        lines[reseller] = line.isEmpty ? nil : line
        if !line.isEmpty { turns.append(reseller) }
        return start(file)
    }

    package mutating func done(_ file: QueuedFile) {
        runningCount -= 1
        running[file.reseller] = running[file.reseller].flatMap { $0 > 1 ? $0 - 1 : nil }
        if file.isReplace { replacing.remove(file.reseller) }
        if file.isSuspect { suspectRuns = false }
    }

    private func mayServe(_ reseller: String) -> Bool {
        guard let first = lines[reseller]?.first, !replacing.contains(reseller) else { return false }
        let count = running[reseller] ?? 0
        return first.isReplace ? count == 0 : count < maxFilesPerReseller
    }

    private mutating func start(_ file: QueuedFile) -> QueuedFile {
        runningCount += 1
        running[file.reseller, default: 0] += 1
        if file.isReplace { replacing.insert(file.reseller) }
        return file
    }
}
