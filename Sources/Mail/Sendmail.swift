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

    /// Nothing in its words comes from a letter.
    private func spawn(_ input: Descriptor, _ complaint: Descriptor) throws(SystemFault) -> pid_t {
        var start = ChildStart(path)
        // `-t`: the receiver stands in the head. `-i`: a line of a single dot ends nothing.
        start.arguments = ["-i", "-t"]
        start.environment = ["LANG=C.UTF-8", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"]
        start.given = [(input, STDIN_FILENO), (complaint, STDERR_FILENO)]
        start.silent = [STDOUT_FILENO]
        return try start.spawn()
    }
}

/// Why a letter was not sent, in one sentence that says nothing of the letter.
struct MailFault: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ sentence: String) { description = sentence }
}
