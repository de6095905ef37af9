import Sellout

/// What happened to a file: a sign, a word, a colour, and the rest of a sentence that could be read out on the telephone.
package struct BatchHeadline: Hashable, Sendable {
    package enum Tone: String, Sendable { case good, waits, bad, now, soft }

    package let sign: String
    package let word: String
    package let rest: String
    package let tone: Tone

    private init(_ sign: String, _ tone: Tone, _ voice: Voice, _ word: Phrase, _ rest: String) {
        self.sign = sign
        self.tone = tone
        self.word = voice.say(word)
        self.rest = rest
    }

    package init(_ batch: Batch, in voice: Voice) {
        let counts = batch.counts
        switch batch.state {
        case .pending: self.init("○", .soft, voice, .waitsItsTurn, voice.say(.waitsItsTurnRest))
        case .processing: self.init("●", .now, voice, .beingRead, voice.say(.beingReadRest))
        case .approved: self.init("●", .now, voice, .beingBooked, voice.say(.salesOnTheWay, counts.processed))
        case .stagingComplete: self.init("◐", .waits, voice, .waits, Self.ready(counts, voice))
        case .completed where counts.processed > 0: self.init("✓", .good, voice, .allTaken, voice.say(.salesBooked, counts.processed))
        case .completed:
            self.init(
                "✓", .good, voice, .nothingNew, counts.unchanged == 0 ? voice.say(.noSaleFound) : voice.say(.salesKnown, counts.unchanged))
        case .partialSuccess:
            let booked = voice.say(.partBooked, counts.processed, of: counts.total)
            self.init("◐", .waits, voice, .takenInPart, "\(booked) \(voice.say(.rowsNeedLook, counts.failed))")
        case .failed:
            self.init("✕", .bad, voice, .refused, batch.refusal.map { voice.refusal($0.type) + "." } ?? voice.say(.notTaken))
        case .cancelled where batch.isTakenBack: self.init("↶", .soft, voice, .undone, voice.say(.undoneRest))
        case .cancelled: self.init("–", .soft, voice, .cancelled, voice.say(.cancelledRest))
        }
    }

    private static func ready(_ counts: RowCounts, _ voice: Voice) -> String {
        if counts.failed > 0 {
            return "\(voice.say(.partReady, counts.processed, of: counts.total)) \(voice.say(.rowsNeedLook, counts.failed))"
        }
        return counts.processed == 0 ? voice.say(.noSaleReady) : voice.say(.salesReady, counts.processed)
    }
}

extension Batch {
    /// Its sales were in the books once and were taken back: the ledger's own sentence says so.
    package var isTakenBack: Bool { state == .cancelled && message.hasPrefix("Taken back") }
}
