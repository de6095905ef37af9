import Accounts
import Ledger
import Sellout

/// Why an operator's wish was not done, in one sentence. Nothing was changed.
package struct Refused: Error, Hashable, Sendable {
    package enum Reason: Sendable {
        /// What was named is not there, or its name means several things.
        case unknown
        /// The batch's present state does not allow it.
        case forbidden
        /// What was asked for cannot be right.
        case wrong
        /// Disk, permissions, a lock: the same may work later.
        case surroundings
        /// The ledger's file is damaged.
        case damage
    }

    package let reason: Reason
    package let sentence: String

    package init(_ reason: Reason, _ sentence: String) {
        self.reason = reason
        self.sentence = sentence
    }

    package init(_ fault: LedgerFault) {
        let reason: Reason =
            switch fault {
            case .surroundings, .broken: .surroundings
            case .damage: .damage
            case .forbidden: .forbidden
            case .unknownBatch: .unknown
            case .refused: .wrong
            }
        self.init(reason, fault.description)
    }

    /// Whatever a reader of files or a body over rows has thrown.
    package init(any error: any Error) {
        switch error {
        case let refused as Refused: self = refused
        case let fault as LedgerFault: self.init(fault)
        case let refused as PasswordRefused: self.init(refused)
        case let refusal as FileRefusal:
            self.init(.wrong, [refusal.message, refusal.suggestion].compactMap { $0 }.joined(separator: " "))
        default: self.init(.surroundings, String(describing: error))
        }
    }
}

extension Refused: CustomStringConvertible {
    package var description: String { sentence }
}
