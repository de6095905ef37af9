import Batches

/// An administrator's word that a batch was taken or dropped regardless of what it waited for. Its reseller reads it in the report.
package struct ForcedStep: Hashable, Sendable {
    package enum Kind: String, Sendable { case approved, cancelled }

    package let kind: Kind
    package let actor: String
    /// Empty where none was given.
    package let reason: String
    package let at: Timestamp

    package init(_ kind: Kind, by actor: String, reason: String, at: Timestamp) {
        self.kind = kind
        self.actor = actor
        self.reason = reason
        self.at = at
    }

    /// `Approved by force by anna: owner travelling`
    package var sentence: String {
        "\(kind == .approved ? "Approved" : "Cancelled") by force by \(actor)\(reason.isEmpty ? "" : ": \(reason)")"
    }
}
