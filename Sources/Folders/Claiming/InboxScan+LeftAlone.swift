import Batches
import Linux

/// A name in an inbox that is never taken as it is.
package struct LeftAlone: Hashable, Sendable {
    package let place: Place
    package let refusal: Refusal
    /// When it last changed.
    package let since: Timestamp
}

extension LeftAlone: CustomStringConvertible {
    package var description: String { "\(place) \(refusal)" }
}

extension InboxScan {
    /// Folders, links, devices and the like, by name. The folders by which a mode is told are an inbox of their own.
    package func leftAlone(in inbox: Inbox) throws(SystemFault) -> [LeftAlone] {
        let own = inbox.mode == .append ? UploadMode.replacing.compactMap(\.folder) : []
        return try eachName(in: inbox) { name, status in
            guard let refusal = Refusal(status), !(refusal == .folder && own.contains(name)) else { return nil }
            return LeftAlone(place: Place(inbox, name), refusal: refusal, since: status.fingerprint.changed)
        }
    }
}
