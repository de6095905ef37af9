import Batches
import Sellout

/// Which batches to list.
package struct BatchFilter: Hashable, Sendable {
    /// Nil for those of all.
    package var resellers: Set<String>?
    /// Nil for those in any.
    package var states: Set<BatchState>?
    /// The UUID of the user who sent them.
    package var uploader: String?
    /// A part of the file's name, in any case of letters, or the first digits of the batch's id.
    package var search: String?
    /// Those that came then or later.
    package var since: Timestamp?
    package var limit: Int
    package var offset: Int

    package init(
        resellers: Set<String>? = nil, states: Set<BatchState>? = nil, uploader: String? = nil, search: String? = nil,
        since: Timestamp? = nil, limit: Int = 1000, offset: Int = 0
    ) {
        self.resellers = resellers
        self.states = states
        self.uploader = uploader
        self.search = search
        self.since = since
        self.limit = limit
        self.offset = offset
    }
}
