import Batches
import Sellout

/// Imports of reference data: what one would change, which there were, and how one is taken back.
package protocol ImportBook: Sendable {
    /// What taking the data would change; nothing is changed. The first so many of the records are told.
    func preview(_ data: ReferenceData, records: Int) throws(LedgerFault) -> ImportPreview
    /// Newest first.
    func imports(_ filter: ImportFilter) throws(LedgerFault) -> [ImportEntry]
    /// Puts back what the deed of that number has changed and nobody since.
    func undo(import line: Int64, by: Deed) throws(LedgerFault) -> ImportUndone
}

/// A record of the reference data before and after a change, as a person reads it.
package struct ChangedRecord: Hashable, Sendable {
    package let kind: String
    /// `boxnox BB100`, `7350154320008`.
    package let record: String
    /// Nil where there was none.
    package let old: String?
    /// Nil where there is none any more.
    package let new: String?

    package init(kind: String, record: String, old: String?, new: String?) {
        self.kind = kind
        self.record = record
        self.old = old
        self.new = new
    }
}

/// What an import would change.
package struct ImportPreview: Hashable, Sendable {
    package var change: ReferenceChange
    /// The first of those that would be new or others: what is changed before what is new.
    package var records: [ChangedRecord]

    package init(_ change: ReferenceChange, records: [ChangedRecord]) {
        self.change = change
        self.records = records
    }
}

/// Which imports to list.
package struct ImportFilter: Hashable, Sendable {
    package var since: Timestamp?
    package var limit: Int
    package var offset: Int

    package init(since: Timestamp? = nil, limit: Int = 1000, offset: Int = 0) {
        self.since = since
        self.limit = limit
        self.offset = offset
    }
}

/// One import.
package struct ImportEntry: Hashable, Sendable {
    /// Its line in the audit log.
    package let line: Int64
    package let at: Timestamp
    package let actor: String
    /// `import mappings`.
    package let action: String
    /// The file, and what it has changed.
    package let reason: String
    package let isUndone: Bool

    package init(line: Int64, at: Timestamp, actor: String, action: String, reason: String, isUndone: Bool) {
        self.line = line
        self.at = at
        self.actor = actor
        self.action = action
        self.reason = reason
        self.isUndone = isUndone
    }
}

/// What undoing an import did.
package struct ImportUndone: Hashable, Sendable {
    /// The number of the undo, which can be undone in its turn.
    package let line: Int64
    package let putBack: Int
    /// What somebody has changed since, or files have come to name: `old` is what the import brought, `new` what stands there.
    package let left: [ChangedRecord]

    package init(line: Int64, putBack: Int, left: [ChangedRecord]) {
        self.line = line
        self.putBack = putBack
        self.left = left
    }
}
