import Foundation
import Glibc
import Testing

/// A program running as a process of its own, what it says kept in files.
final class Program: Sendable {
    struct End: Sendable, CustomStringConvertible {
        /// 0 where no signal ended it.
        let signal: Int32
        let status: Int32
        let output: String
        let complaint: String

        var description: String { "signal \(signal), status \(status)\n\(output)\n\(complaint)" }
    }

    private let process: Process
    private let output: String
    private let complaint: String

    /// `folder` is where its output goes.
    init(_ name: String, _ arguments: [String], environment: [String: String] = [:], keepingOutputIn folder: String) throws {
        let mark = folder + "/" + name + "-" + UUID().uuidString
        output = mark + ".out"
        complaint = mark + ".err"
        process = Process()
        process.executableURL = URL(fileURLWithPath: Programs.path(of: name))
        process.arguments = arguments
        var all = ProcessInfo.processInfo.environment
        for name in ["NOTIFY_SOCKET", "SELLOUT_ROOT", "SELLOUT_FAILPOINT", "JOURNAL_STREAM"] { all[name] = nil }
        // Programs that are made to crash need not say where.
        all["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = all.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Program.file(output)
        process.standardError = try Program.file(complaint)
        try process.run()
    }

    private static func file(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(fileURLWithPath: path))
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    var pid: pid_t { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    /// What it has complained of so far: for `selloutd`, its journal.
    var said: String { (try? String(contentsOfFile: complaint, encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { if process.isRunning { Glibc.kill(pid, signal) } }

    func end(within limit: Duration = .seconds(60), at location: SourceLocation = #_sourceLocation) async throws -> End {
        try await eventually("process \(pid) to end", within: limit, at: location, seen: { self.said }) { !self.process.isRunning }
        let isSignal = process.terminationReason == .uncaughtSignal
        return End(
            signal: isSignal ? process.terminationStatus : 0, status: isSignal ? 0 : process.terminationStatus,
            output: (try? String(contentsOfFile: output, encoding: .utf8)) ?? "", complaint: said)
    }
}
