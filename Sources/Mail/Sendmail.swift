import CLinux
import Glibc
import Linux
import Texts

/// The machine's `sendmail`, whichever mail program it belongs to: it takes a letter on standard input and its receiver from the head.
struct Sendmail: Sendable {
    let path: String
    /// It only has to take the letter over; one that asks a server itself takes a few seconds.
    var patience = Duration.seconds(30)

    var isThere: Bool { unsafe access(path, X_OK) == 0 }

    func send(_ letter: [UInt8]) throws(MailFault) {
        let child: ChildProcess
        let complaint: Descriptor
        do throws(SystemFault) {
            // Files and no pipes: whoever does not read the letter through, or says too much, holds nobody up.
            let input = try Descriptor(unnamedIn: "/tmp")
            complaint = try Descriptor(unnamedIn: "/tmp")
            try input.write(letter)
            guard lseek(input.number, 0, SEEK_SET) == 0 else { throw SystemFault("seek") }
            child = try ChildProcess(try spawn(input, complaint))
        } catch { throw MailFault("\(error)") }
        try end(of: child, complaint)
    }

    private func end(of child: ChildProcess, _ complaint: Descriptor) throws(MailFault) {
        guard child.ends(within: patience) else {
            child.killGroup()
            throw MailFault("\(path) has not taken it within \(patience.components.seconds) seconds.")
        }
        let end = child.end()
        guard end.signal != 0 || end.exitCode != 0 else { return }
        let how = end.signal == 0 ? "exit status \(end.exitCode)" : "signal \(end.signal)"
        throw MailFault("\(path) ended with \(how)\(firstLine(of: complaint)).")
    }

    /// What it says of its fault, made fit for a log.
    private func firstLine(of complaint: Descriptor) -> String {
        var bytes = [UInt8](repeating: 0, count: 200)
        guard let count = try? complaint.read(into: &bytes, at: 0), count > 0 else { return "" }
        return ": " + Printable.line(String(decoding: bytes[..<count].prefix { $0 != 0x0A }, as: UTF8.self))
    }

    /// No shell has a part in it, and nothing in its words comes from a letter.
    private func spawn(_ input: Descriptor, _ complaint: Descriptor) throws(SystemFault) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, input.number, STDIN_FILENO)
        unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, complaint.number, STDERR_FILENO)
        unsafe linux_spawn_closing_from(&actions, STDERR_FILENO + 1)
        // What this program ignores or blocks is not another's to inherit.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        // A process group of its own: what it starts itself ends with it when it takes too long.
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var pid: pid_t = 0
        // `-t`: the receiver stands in the head. `-i`: a line of a single dot ends nothing.
        var arguments: [UnsafeMutablePointer<CChar>?] = unsafe [strdup(path), strdup("-i"), strdup("-t"), nil]
        var environment: [UnsafeMutablePointer<CChar>?] = unsafe [
            strdup("LANG=C.UTF-8"), strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil,
        ]
        defer { unsafe (arguments + environment).forEach { unsafe free($0) } }
        let result = unsafe posix_spawn(&pid, path, &actions, &attributes, &arguments, &environment)
        guard result == 0 else { throw SystemFault("start", path: path, errno: result) }
        return pid
    }
}

/// Why a letter was not sent, in one sentence that says nothing of the letter.
struct MailFault: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}
