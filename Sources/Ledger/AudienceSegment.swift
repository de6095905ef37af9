import Audience
import Batches

/// What somebody has saved under a name: a question about a batch, and never the records that answer it. So whoever is forgotten is in no
/// segment either.
package struct AudienceSegment: Hashable, Sendable {
    package let id: Int64
    package let name: String
    /// Nil for operators at the command line.
    package let owner: Int64?
    package let uploadID: String
    package let question: StudioQuestion
    package let savedAt: Timestamp
    package let savedBy: String
}

/// A segment that is to be saved.
package struct NewAudienceSegment: Sendable {
    package let name: String
    package let owner: Int64?
    package let uploadID: String
    package let question: StudioQuestion

    package init(name: String, owner: Int64?, uploadID: String, question: StudioQuestion) {
        self.name = name
        self.owner = owner
        self.uploadID = uploadID
        self.question = question
    }
}

package struct AudienceSegmentFilter: Hashable, Sendable {
    package var owner: Int64?
    package var uploadID: String?
    package var limit = Int.max
    package var offset = 0

    package init(owner: Int64? = nil, uploadID: String? = nil, limit: Int = .max, offset: Int = 0) {
        self.owner = owner
        self.uploadID = uploadID
        self.limit = limit
        self.offset = offset
    }
}
