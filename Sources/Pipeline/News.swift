import Batches
import Folders
import Ledger
import Linux
import Operations
import Sellout

/// What has happened, as the watchman hears of it.
package enum News: Sendable {
    /// What an earlier process left has been recovered. Nothing is begun before that.
    case started
    /// The kernel told of folders.
    case heard([FolderEvent])
    /// All inboxes were looked into.
    case looked(Look)
    /// These names at a sender's door were looked at.
    case visited(Sender, [Place], Result<[FoundFile?], SystemFault>)
    /// What became of files that were to be claimed, and of entering those that were.
    case claimed(Sender, [(place: Place, outcome: ClaimOutcome)], entered: [Batch], [Troubles.Condition])
    /// Uploads that were handed over.
    case handed(Result<[HandedDrop], SystemFault>)
    /// What became of uploads that were to be taken, and of entering those that were.
    case took(Sender, [(drop: HandedDrop, outcome: ClaimOutcome)], entered: [Batch], [Troubles.Condition])
    /// What the spool holds and the ledger says is unfinished; nil where neither could be asked.
    case stock(Stock?, [Troubles.Condition])
    /// Somebody may have changed the ledger.
    case ledgerChanged
    /// The ledger does not answer as it should, though nobody wanted anything of it.
    case ledgerFails(Troubles.Condition)
    /// A file's run is over.
    case ended(BatchID, RunEnd)
    /// These batches have been answered as far as it went.
    case answered(Sender, [BatchID], [Troubles.Condition])
    /// The ledger has these back.
    case gaveBack([BatchID], [Troubles.Condition])
    /// A batch's waiting rows were looked at again. `true` where its report reads differently.
    case resettled(Batch, Bool, [Troubles.Condition])
    case referenceTaken(BatchID, Bool, [Troubles.Condition])
    /// Brands' rankings were renewed as far as it went.
    case fitsPublished([Troubles.Condition])
    /// The profiles were read, with these faults; the files of some resellers wait for that.
    case profiles(Withheld, [Troubles.Condition])
    /// The time has come that was asked for.
    case woke
    /// Nothing new is to be begun.
    case stopping
}

/// A look at all inboxes.
package struct Look: Sendable {
    /// Nil where the root itself could not be read.
    package var survey: Survey?
    /// What was found in each; an inbox that could not be read is among the survey's troubles.
    package var found: [Inbox: [FoundFile]]
    package var conditions: [Troubles.Condition]

    package init(_ survey: Survey?, found: [Inbox: [FoundFile]], _ conditions: [Troubles.Condition] = []) {
        self.survey = survey
        self.found = found
        self.conditions = conditions
    }
}

/// What has no end yet.
package struct Stock: Sendable {
    /// Waiting for their turn, in order of arrival.
    package var pending: [Batch] = []
    /// Over, and still owed a report or a place in the archive.
    package var unanswered: [Owed] = []
    /// With rows that wait for reference data which has come meanwhile.
    package var resettleable: [Batch] = []
    /// Reference files in the spool.
    package var references: [StoredFile] = []
    /// Brands whose ranking in their folder is not of today.
    package var fits: [Int64] = []

    package init() {}
}

/// How a file's run ended.
package enum RunEnd: Sendable {
    /// The ledger has its word on the file. `isBehind`: reference data came while it was read, too late for its rows.
    case settled(Batch, isBehind: Bool)
    /// It is known by now whose the file is: its turn as that reseller's is still to come.
    case recognised(Batch)
    /// Somebody else has changed the batch meanwhile.
    case overtaken(Batch)
    /// Another file of the same content is being read: what comes of that decides.
    case waits(Batch, for: BatchID)
    /// The try was not the file's fault and does not count.
    case givenBack(Troubles.Condition)
}

/// What is to be done. Each errand comes back as news, but for those that say otherwise.
package enum Errand: Sendable {
    /// Watch what there is, and look into all inboxes.
    case look
    case visit(Sender, [Place])
    case claim(Sender, [Claim.Wish])
    /// See which uploads were handed over.
    case lookForUploads
    case takeUploads(Sender, [HandedDrop])
    case takeStock
    case read(Batch)
    case answer(Sender, [BatchID])
    case giveBack([BatchID])
    case resettle(Batch)
    case takeReference(StoredFile)
    case publishFits([Int64])
    /// To operators; nothing comes back.
    case tell(Telling)
}

/// What operators hear of.
package enum Telling: Sendable, Equatable {
    case troubled(String)
    case recovered(String)
    case overflowed(String)
    case swept
}

extension PipelineEvents {
    func tell(_ telling: Telling) {
        switch telling {
        case .troubled(let sentence): troubled(sentence)
        case .recovered(let what): recovered(what)
        case .overflowed(let reason): overflowed(reason)
        case .swept: swept()
        }
    }
}
