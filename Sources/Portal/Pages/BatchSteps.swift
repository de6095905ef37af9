import Batches
import Ledger
import Operations
import Reports
import Sellout

/// What operators can do with a batch. Each step names its effect on its button before it happens.
struct BatchSteps {
    private let batch: Batch
    private let desk: PageDesk
    private let dependents: [Batch]

    init(_ batch: Batch, _ desk: PageDesk) throws(Refused) {
        self.batch = batch
        self.desk = desk
        dependents = batch.state.mayBeUndone ? try desk.desk.dependents(of: batch.id.text).map(\.batch) : []
    }

    /// The step that a waiting file waits for.
    var first: HTML? { batch.state == .stagingComplete ? approving : nil }

    var html: HTML? {
        let steps = [batch.state == .stagingComplete ? nil : approving, cancelling, undoing, retrying, deleting].compactMap { $0 }
        return steps.isEmpty ? nil : "<h2>What you can do</h2>\(steps)"
    }

    private var approving: HTML? {
        guard batch.state.may(become: .approved) else { return nil }
        let sales = Figures.count(batch.counts.processed, "sale")
        let replacement = batch.replacement.flatMap { $0.isTaken ? nil : $0 }
        let effect =
            if let replacement {
                "Take away \(Figures.count(replacement.went, "sale")), bring \(Figures.count(replacement.came))"
            } else if batch.state == .partialSuccess { "Take in what has become ready" } else { "Take in \(sales)" }
        let all: HTML? =
            replacement != nil && batch.mode == .replace
            ? """
            <div><label class="check"><input type="checkbox" name="all"> take the place of everything, not only of the months that it names</label></div>
            """ : nil
        guard batch.state == .stagingComplete else {
            return form("approve", effect, why: "Why, for the audit log", isRequired: false, all, isMain: false)
        }
        return """
            <form method="post" action="\(Link("batches", batch.id.text, "approve"))">\(desk.token)
            <div class="fields"><div><label for="why-approve">Why, for the audit log</label><input id="why-approve" name="reason" maxlength="500"></div>\
            \(all)<div><button class="main">\(effect)</button></div></div>\(left)</form>
            """
    }

    private var left: HTML? {
        let failed = batch.counts.failed
        guard failed > 0, batch.replacement == nil else { return nil }
        return
            "<p class=\"soft small\">\(Figures.count(failed, "row")) \(failed == 1 ? "stays" : "stay") behind and can be mended later.</p>"
    }

    private var cancelling: HTML? {
        guard batch.state.mayBeCancelled else { return nil }
        return form("cancel", "Cancel: take in none of it", why: "Why, for the audit log", isRequired: true, isDangerous: true)
    }

    private var undoing: HTML? {
        guard batch.state.mayBeUndone else { return nil }
        let effect = "Undo \(Figures.count(batch.counts.processed, "sale"))"
        let with: HTML? =
            dependents.isEmpty
            ? nil
            : """
            <p class="plain">\(dependents.count == 1 ? "A later file counts" : "\(Figures.count(dependents.count)) later files count") on it. \
            \(dependents.count == 1 ? "It is" : "They are") undone too, and read again:</p>
            <ul>\(dependents.html { "<li><a href=\"\(Link("batches", $0.id.text))\"><bdi>\($0.filename)</bdi></a>, \(Figures.count($0.counts.processed, "sale"))</li>" })</ul>
            <p><label class="check"><input type="checkbox" name="cascade" required> undo \(dependents.count == 1 ? "it" : "them") too</label></p>
            """
        return form("undo", effect, why: "Why, for the audit log and the report", isRequired: true, with, isDangerous: true)
    }

    private var retrying: HTML? {
        guard batch.state.may(become: .pending), batch.state != .processing else { return nil }
        return form("retry", "Read the file again from its beginning", why: "Why, for the audit log", isRequired: false)
    }

    private var deleting: HTML? {
        guard batch.state.mayBeDeleted else { return nil }
        return form(
            "delete", batch.state.mayBeUndone ? "Delete the record: its sales stay in the books" : "Delete the record",
            why: "Why, for the audit log", isRequired: true, isDangerous: true)
    }

    private func form(
        _ name: String, _ effect: String, why: String, isRequired: Bool, _ more: HTML? = nil, isDangerous: Bool = false,
        isMain: Bool = false
    ) -> HTML {
        """
        <details class="step\(isDangerous ? " danger" : "")"><summary>\(effect)</summary>
        <form method="post" action="\(Link("batches", batch.id.text, name))">\(desk.token)\(more)
        <div class="fields"><div><label for="why-\(name)">\(why)</label><input id="why-\(name)" name="reason" maxlength="500"\
        \(isRequired ? " required" : "")></div><div><button\(isDangerous ? " class=\"danger\"" as HTML : .nothing)>\(effect)</button></div></div></form></details>
        """
    }
}
