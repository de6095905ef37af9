import Accounts
import Batches
import Dispatch
import Folders
import Linux
import Synchronization

/// Carries letters, one at a time and outside of requests: whoever asks for one waits for no mail program, and cannot see by the time it
/// took whether a letter was written at all.
package final class Postman: Sendable {
    /// Where letters go, and in whose name.
    package struct Settings: Sendable {
        /// Nil for none.
        package var sendmail: String?
        package var from: EmailAddress

        package init(sendmail: String? = "/usr/sbin/sendmail", from: EmailAddress = .standardSender) {
            self.sendmail = sendmail
            self.from = from
        }
    }

    private let sendmail: Sendmail?
    private let from: EmailAddress
    private let box: LetterBox
    private let log: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "mail")
    private let waiting = Atomic(0)
    private let errands = DispatchGroup()
    /// More are dropped: somebody floods us, and who meant it asks again.
    private static let mostWaiting = 1000

    package init(_ settings: Settings, box: LetterBox, log: @escaping @Sendable (String) -> Void) {
        sendmail = settings.sendmail.map { Sendmail(path: $0) }
        from = settings.from
        self.box = box
        self.log = log
    }

    /// `write` is asked on the queue; nil where there is nothing to send. Nobody hears of its faults but the log.
    package func carry(_ write: @escaping @Sendable () throws -> Letter?) {
        guard waiting.add(1, ordering: .relaxed).newValue <= Self.mostWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return log("A letter was not written: \(Self.mostWaiting) are waiting.")
        }
        queue.async(group: errands) { [self] in
            defer { waiting.subtract(1, ordering: .relaxed) }
            do {
                if let letter = try write() { deliver(letter.message(from: from, at: .now())) }
            } catch { log("A letter was not written. \(error)") }
        }
    }

    /// Waits so long for what is on its way.
    package func finish(within patience: DispatchTimeInterval) { _ = errands.wait(timeout: .now() + patience) }

    private func deliver(_ message: [UInt8]) {
        var why = "this machine has no sendmail"
        if let sendmail, sendmail.isThere {
            do throws(MailFault) { return try sendmail.send(message) } catch { why = error.description }
        }
        do throws(SystemFault) { log("A letter is kept in \(try box.keep(message, at: .now())): \(why)") } catch {
            log("A letter is lost: \(why). \(error)")
        }
    }
}
