/// Where a batch stands. Every change of it passes `moved(to:)`, inside the ledger's transaction.
package enum BatchState: String, CaseIterable, Sendable {
    /// Claimed and waiting for its turn.
    case pending
    /// Being read; what it has staged is dropped if the process dies.
    case processing
    /// Read to its end. It waits for approval, or for mappings that are missing.
    case stagingComplete = "staging_complete"
    /// Approved. Its sales become final in the same transaction.
    case approved
    /// All its sales are final.
    case completed
    /// Its valid sales are final. Its failed rows wait to be corrected.
    case partialSuccess = "partial_success"
    case failed
    case cancelled

    package func may(become next: BatchState) -> Bool {
        switch (self, next) {
        case (.pending, .processing), (.pending, .failed), (.pending, .cancelled),
            (.processing, .pending), (.processing, .stagingComplete), (.processing, .failed), (.processing, .cancelled),
            (.stagingComplete, .approved), (.stagingComplete, .cancelled), (.stagingComplete, .pending),
            (.approved, .completed), (.approved, .partialSuccess), (.completed, .cancelled),
            (.partialSuccess, .approved), (.partialSuccess, .cancelled),
            (.failed, .pending), (.cancelled, .pending):
            true
        default:
            false
        }
    }

    package func moved(to next: BatchState) throws(ForbiddenStep) -> BatchState {
        guard may(become: next) else { throw ForbiddenStep(from: self, to: next) }
        return next
    }

    /// Its sales are final, or may become so: the same content once more would be a duplicate of it.
    package var holdsItsContent: Bool { self != .failed && self != .cancelled && self != .pending }

    /// Nothing more happens to it by itself.
    package var isOver: Bool { self != .pending && self != .processing && self != .approved }

    /// Before any of its sales is in the books.
    package var mayBeCancelled: Bool { may(become: .cancelled) && !mayBeUndone }

    /// Sales of it may be in the books: they are withdrawn before it is cancelled.
    package var mayBeUndone: Bool { self == .completed || self == .partialSuccess }

    /// A batch is never deleted while its file waits, is read, or waits for approval.
    package var mayBeDeleted: Bool {
        switch self {
        case .failed, .cancelled, .completed, .partialSuccess: true
        case .pending, .processing, .stagingComplete, .approved: false
        }
    }
}

/// A step that the batch's present state forbids.
package struct ForbiddenStep: Error, Hashable, Sendable, CustomStringConvertible {
    package let from: BatchState
    package let to: BatchState

    package init(from: BatchState, to: BatchState) {
        self.from = from
        self.to = to
    }

    package var description: String { "The batch is \(from.rawValue) and cannot become \(to.rawValue)." }
}
