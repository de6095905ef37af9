import Sellout

/// What the ledger could not do, and whose fault it is.
package enum LedgerFault: Error, Sendable {
    /// Disk full, file locked, not writable: to be tried again when that has changed.
    case surroundings(String)
    /// The batch's state forbids it.
    case forbidden(ForbiddenStep)
    case unknownBatch(String)
    /// Refused for another reason, in one sentence.
    case refused(String)
    /// A broken promise: a damaged file, a statement that cannot be.
    case broken(String)
}

extension LedgerFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .surroundings(let text), .refused(let text), .broken(let text): text
        case .forbidden(let step): step.description
        case .unknownBatch(let id): "There is no batch \(id)."
        }
    }
}
