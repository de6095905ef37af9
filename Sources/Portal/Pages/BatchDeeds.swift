import Operations
import Reports
import Web

/// The steps of a batch, carried out. What is refused is told on the page from which it was asked.
enum BatchDeeds {
    static let routes: [PageRoute] = [
        step("approve", .approved) { desk, id, form throws(Refused) in
            _ = try desk.approve(id, all: form.has("all"), reason: form["reason"] ?? "")
        },
        step("retry", .retried) { desk, id, form throws(Refused) in _ = try desk.retry(id, reason: form["reason"] ?? "") },
        step("cancel", .cancelled) { desk, id, form throws(Refused) in _ = try desk.cancel(id, reason: try form.reason("Cancelling")) },
        step("undo", .undone) { desk, id, form throws(Refused) in
            _ = try desk.undo(id, cascade: form.has("cascade"), reason: try form.reason("Undoing"))
        },
        .post("/batches/{id}/delete") { request, desk throws(Refused) in
            let id = request.parameters["id"] ?? ""
            do throws(Refused) {
                _ = try desk.desk.delete(try desk.batch(id).id.text, reason: try Form(request).reason("Deleting"))
            } catch {
                return try BatchPage.page(id, desk, problem: error.sentence, status: error.status)
            }
            return .going(to: Link("batches"), .deleted)
        },
    ]

    private static func step(
        _ name: String, _ done: Done, _ take: @escaping @Sendable (OperatorDesk, String, Form) throws(Refused) -> Void
    ) -> PageRoute {
        .post("/batches/{id}/\(name)") { request, desk throws(Refused) in
            let id = request.parameters["id"] ?? ""
            do throws(Refused) {
                try take(desk.desk, try desk.batch(id).id.text, try Form(request))
            } catch {
                return try BatchPage.page(id, desk, problem: error.sentence, status: error.status)
            }
            return .going(to: Link("batches", id), done)
        }
    }
}
