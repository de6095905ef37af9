import CLinux
import Foundation
import Glibc
import Linux
import Synchronization
import TestKit
import Testing

/// A program running as a process of its own, what it says kept in files. Reaped by whoever asks whether it still runs; Foundation's
/// `Process` loses the end of one now and then when many are started.
final class Program: Sendable {
    typealias End = CommandEnd

    let pid: pid_t
    private let output: String
    private let complaint: String
    /// What wait(2) said, once it has.
    private let ended = Mutex<Int32?>(nil)

    /// `folder` is where its output goes; `behind` is a command that becomes the program.
    init(
        _ name: String, _ arguments: [String], behind command: [String] = [], environment: [String: String] = [:],
        keepingOutputIn folder: String
    ) throws {
        let mark = folder + "/" + name + "-" + UUID().uuidString
        output = mark + ".out"
        complaint = mark + ".err"
        var all = ProcessInfo.processInfo.environment
        for name in ["NOTIFY_SOCKET", "SELLOUT_ROOT", "SELLOUT_PROFILES", "SELLOUT_FAILPOINT", "JOURNAL_STREAM"] { all[name] = nil }
        // Programs that are made to crash need not say where.
        all["SWIFT_BACKTRACE"] = "enable=no"
        let variables = all.merging(environment) { $1 }.map { "\($0)=\($1)" }
        let words = command + [Programs.path(of: name)] + arguments
        pid = try Program.spawn(words[0], Array(words.dropFirst()), variables, output: output, complaint: complaint)
    }

    private static func spawn(
        _ path: String, _ arguments: [String], _ environment: [String], output: String, complaint: String
    ) throws -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe posix_spawn_file_actions_addopen(&actions, 2, complaint, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        unsafe linux_spawn_closing_from(&actions, 3)
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let result = unsafe posix_spawn(&pid, path, &actions, nil, &words, &variables)
        guard result == 0 else { throw SystemFault("start", path: path, errno: result) }
        return pid
    }

    private var state: Int32? {
        ended.withLock { state in
            var status: Int32 = 0
            if state == nil, retrying({ unsafe waitpid(pid, &status, WNOHANG) }) == pid { state = status }
            return state
        }
    }

    var isRunning: Bool { state == nil }

    /// What it has complained of so far: for `selloutd`, its journal.
    var said: String { (try? String(contentsOfFile: complaint, encoding: .utf8)) ?? "" }

    /// Harmless once it has ended: its number may be another's by then.
    func send(_ signal: Int32) { ended.withLock { if $0 == nil { Glibc.kill(pid, signal) } } }

    func end(within limit: Duration = .seconds(60), at location: SourceLocation = #_sourceLocation) async throws -> End {
        try await eventually("process \(pid) to end", within: limit, at: location, seen: { self.said }) { !self.isRunning }
        let status = state ?? 0
        let signal = status & 0x7f
        return End(
            signal: signal, status: signal == 0 ? status >> 8 & 0xff : 0,
            output: (try? String(contentsOfFile: output, encoding: .utf8)) ?? "",
            complaint: said)
    }
}
