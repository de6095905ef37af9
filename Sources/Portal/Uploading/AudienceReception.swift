import Audience
import Batches
import Operations
import Texts
import Web

/// A body of audience records as it comes: read piece by piece, stored when it is whole and in order. Guarded by its exchange, which one
/// thread at a time works on.
final class AudienceReception: Delivery, @unchecked Sendable {
    private static let tooLarge = Denial(413, "Body is over 5 MiB")

    private let call: Call
    private var reader: BatchReader
    private var place: AudienceHall.Place?
    private var size = 0
    /// What is wrong with it, as soon as that is known.
    private var fault: Denial?

    init(_ call: Call) throws {
        if let length = call.request.header("content-length").flatMap(UInt64.init), length > UInt64(AudienceLimits.body) {
            throw Self.tooLarge
        }
        guard let place = call.portal.hall.enter() else { throw Denial.slowDown(seconds: 1) }
        self.place = place
        self.call = call
        reader = BatchReader(most: call.portal.settings.maxBatchSize)
    }

    func take(_ piece: RawSpan) -> Bool {
        guard fault == nil else { return false }
        size += piece.byteCount
        guard size <= AudienceLimits.body else { return refuse(Self.tooLarge) }
        do throws(BatchFault) { try reader.take(Span<UInt8>(_bytes: piece)) } catch {
            return refuse(Denial(400, error.description))
        }
        return true
    }

    private func refuse(_ denial: Denial) -> Bool {
        fault = denial
        letGo()
        return false
    }

    /// What has come is not kept until the client has gone.
    private func letGo() {
        reader = BatchReader(most: 0)
        place = nil
    }

    var earlyRefusal: Response? { fault?.status == 413 ? fault.map(call.interface.answer(to:)) : nil }

    func finish() -> Response {
        var response: Response
        do {
            if let fault { throw fault }
            response = try stored()
        } catch { response = call.interface.answer(to: error) }
        letGo()
        response.user = call.caller?.user.actor
        return response
    }

    func breakOff() { letGo() }

    private func stored() throws -> Response {
        let content: ReceivedBatch
        do throws(BatchFault) { content = try reader.finish() } catch { throw Denial(400, error.description) }
        let batch = try call.changingDesk().enter(
            audience: content, owner: call.caller?.user.id, name: content.name ?? "", source: "http")
        return .json([
            "status": .text("success"), "upload_id": .text(batch.uploadID),
            "session_token": .text(AudienceID.session(at: batch.createdAt)), "rows_received": .number(batch.rows),
            "message": .text("Batch upload successful"),
        ])
    }
}
