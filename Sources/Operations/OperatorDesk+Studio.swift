import Accounts
import Audience
import Ledger

/// Whose audience batches and segments somebody sees and changes: their own, or everybody's.
package struct AudienceReach: Hashable, Sendable {
    /// Whose segments they save; nil for operators at the command line.
    package let user: Int64?
    package let seesAll: Bool

    package static let operators = AudienceReach(user: nil, seesAll: true)

    private init(user: Int64?, seesAll: Bool) { (self.user, self.seesAll) = (user, seesAll) }

    package init(_ user: User) { self.init(user: user.id, seesAll: user.role.administers) }

    func holds(_ owner: Int64?) -> Bool { seesAll || (user != nil && owner == user) }

    /// For a listing; nil for everybody's.
    fileprivate var owner: Int64? { seesAll ? nil : user }
}

/// What a table of the studio is read from. Batches are entered whole and only ever lose records: two sources that name the same batches
/// with as many records hold the same, so a table is true as long as its source is.
package struct StudioSource: Hashable, Sendable {
    package let batch: AudienceBatch
    package let isEnriched: Bool
    /// That are compared with it, the newest first.
    let others: [AudienceBatch]
    /// How many there are.
    let othersInAll: Int

    /// Whether the other says what the same table is read from by now.
    package func isOlder(than other: StudioSource) -> Bool {
        self != other && batch.id == other.batch.id && isEnriched == other.isEnriched
    }

    /// Nil where nothing was to be compared.
    var compared: String? {
        guard isEnriched else { return nil }
        let batches = othersInAll == 1 ? "1 other batch" : "\(othersInAll) other batches"
        guard othersInAll > 0 else { return "There is no other batch of the same owner to compare with." }
        return others.count == othersInAll ? "Compared with \(batches)." : "Compared with \(others.count) of \(batches), the newest."
    }
}

/// The studio: a batch as a table, and questions about it that are kept as segments.
extension OperatorDesk {
    /// Records of other batches that are read to enrich one.
    private static let mostCompared = 1_000_000
    /// Of one owner on one batch.
    package static let mostSegments = 200

    /// A stranger's is as unknown as one that is not there.
    package func audienceBatch(_ uploadID: String, for reach: AudienceReach) throws(Refused) -> AudienceBatch {
        guard let batch = try audienceBatch(known: uploadID), reach.holds(batch.owner) else {
            throw Refused(.unknown, "There is no audience batch \(uploadID).")
        }
        return batch
    }

    package func audienceBatches(for reach: AudienceReach, limit: Int, offset: Int = 0) throws(Refused) -> [AudienceBatch] {
        try audienceBatches(AudienceFilter(owner: reach.owner, limit: limit, offset: offset))
    }

    package func studioSource(of batch: AudienceBatch, enriched: Bool) throws(Refused) -> StudioSource {
        guard enriched else { return StudioSource(batch: batch, isEnriched: false, others: [], othersInAll: 0) }
        // Of nobody's batches the ledger has no listing of their own.
        let all = try audienceBatches(AudienceFilter(owner: batch.owner)).filter { $0.owner == batch.owner && $0.id != batch.id }
        var records = 0
        let others = all.prefix { other in
            records += other.rows
            return records <= Self.mostCompared
        }
        return StudioSource(batch: batch, isEnriched: true, others: Array(others), othersInAll: all.count)
    }

    package func studioTable(of source: StudioSource) throws(Refused) -> StudioTable {
        let table = try StudioTable(enriched: source.isEnriched, blocks(of: source.batch))
        guard source.isEnriched else { return table }
        var known = KnownCompanies(of: table.domains)
        for other in source.others {
            known.begin(other.name)
            let next = blocks(of: other)
            while let block = try next() { known.look(in: block) }
        }
        return StudioTable(table, knownIn: known, compared: source.compared)
    }

    private func blocks(of batch: AudienceBatch) -> () throws(Refused) -> RecordBlock? {
        var number = 0
        return { () throws(Refused) in
            let found = try ask { () throws(LedgerFault) in try ledger.audienceBlock(of: batch, after: number) }
            number = found?.number ?? number
            return found?.block
        }
    }
}

/// Segments.
extension OperatorDesk {
    package func segments(for reach: AudienceReach, of uploadID: String? = nil, limit: Int = .max, offset: Int = 0) throws(Refused)
        -> [AudienceSegment]
    {
        let filter = AudienceSegmentFilter(owner: reach.owner, uploadID: uploadID, limit: limit, offset: offset)
        return try ask { () throws(LedgerFault) in try ledger.audienceSegments(filter) }
    }

    package func segment(_ id: Int64, for reach: AudienceReach) throws(Refused) -> AudienceSegment {
        guard let segment = try ask({ () throws(LedgerFault) in try ledger.audienceSegment(id) }), reach.holds(segment.owner) else {
            throw Refused(.unknown, "There is no segment \(id).")
        }
        return segment
    }

    /// In the place of their own one of that name. The table answers the question: what it does not know is not saved.
    package func save(
        segment name: String, _ question: StudioQuestion, of batch: AudienceBatch, seenAs table: StudioTable, for reach: AudienceReach
    ) throws(Refused) -> AudienceSegment {
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty, words.unicodeScalars.count <= BatchName.longest else {
            throw Refused(.wrong, "A segment has a name of 1 to \(BatchName.longest) characters.")
        }
        guard reach.holds(batch.owner) else { throw Refused(.unknown, "There is no audience batch \(batch.uploadID).") }
        _ = try answer { () throws(StudioFault) in (try table.rows(for: question), try table.columns(for: question)) }
        let own = try segments(for: reach, of: batch.uploadID).filter { $0.owner == reach.user }
        guard own.count < Self.mostSegments || own.contains(where: { $0.name == words }) else {
            throw Refused(.wrong, "A batch has \(Self.mostSegments) segments at most. Delete one first.")
        }
        let segment = NewAudienceSegment(name: words, owner: reach.user, uploadID: batch.uploadID, question: question)
        let deed = deed()
        guard let saved = try ask({ () throws(LedgerFault) in try ledger.save(segment, by: deed) }) else {
            throw Refused(.unknown, "There is no audience batch \(batch.uploadID).")
        }
        return saved
    }

    package func delete(segment id: Int64, for reach: AudienceReach) throws(Refused) {
        let (segment, deed) = (try segment(id, for: reach), deed())
        guard try ask({ () throws(LedgerFault) in try ledger.delete(audienceSegment: segment.id, by: deed) }) else {
            throw Refused(.unknown, "There is no segment \(id).")
        }
    }

    /// What a question cannot have is the asker's mistake.
    package func answer<Answer>(_ body: () throws(StudioFault) -> Answer) throws(Refused) -> Answer {
        do { return try body() } catch { throw Refused(.wrong, error.sentence) }
    }
}
