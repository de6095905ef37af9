import Sellout
import Testing

@testable import Ledger

/// Values in the ledger's own file that nothing of ours has written, put there with plain SQL.
@Suite struct DamageTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let sql: String
        /// Where the sentence must say it is, and what it must say is there.
        let table: String
        let column: String
        let found: String
        var question = Question.batch

        var testDescription: String { sql }
    }

    enum Question: Sendable { case batch, unfinished, account, sales, compare, waiting, catalogue, resellers, delete }

    private func ask(_ question: Question, _ house: Fixture, _ id: Batch) throws {
        switch question {
        case .batch: _ = try house.ledger.batch(id.id)
        case .unfinished: _ = try house.ledger.unfinished()
        case .account: _ = try house.account(of: id.id)
        case .sales: _ = try house.sales()
        case .compare: try house.take([Line()])
        case .waiting: _ = try house.ledger.waiting(of: id.id)
        case .catalogue: _ = try house.ledger.catalogue(for: Fixture.terms())
        case .resellers: _ = try house.ledger.notedResellers()
        case .delete: _ = try house.ledger.delete(id.id, by: house.operatorsDeed)
        }
    }

    @Test(arguments: [
        Case(sql: "UPDATE upload_batches SET status = 'borrowed'", table: "upload_batches", column: "status", found: "\"borrowed\""),
        Case(sql: "UPDATE upload_batches SET upload_mode = ''", table: "upload_batches", column: "upload_mode", found: "\"\""),
        Case(
            sql: "UPDATE upload_batches SET first_day = 99999999999", table: "upload_batches", column: "first_day", found: "\"99999999999\""
        ),
        Case(sql: "UPDATE upload_batches SET is_archived = 7", table: "upload_batches", column: "is_archived", found: "\"7\""),
        Case(sql: "UPDATE upload_batches SET warnings = '[{]'", table: "upload_batches", column: "warnings", found: "\"[{]\""),
        Case(sql: "UPDATE upload_batches SET control_totals = '{}'", table: "upload_batches", column: "control_totals", found: "\"{}\""),
        Case(sql: "UPDATE upload_batches SET detection = ''", table: "upload_batches", column: "detection", found: "\"\""),
        Case(
            sql: #"UPDATE upload_batches SET refusal = '{"type":"ODD","message":"m"}'"#, table: "upload_batches", column: "refusal",
            found: #""{"type":"ODD","message":"m"}""#),
        Case(
            sql: #"UPDATE upload_batches SET replacement = '{"went":1}'"#, table: "upload_batches", column: "replacement",
            found: #""{"went":1}""#),
        Case(sql: "UPDATE upload_batches SET filename = CAST(x'ff' AS TEXT)", table: "upload_batches", column: "filename", found: "\""),
        Case(
            sql: "UPDATE upload_batches SET batch_id = upper(batch_id)", table: "upload_batches", column: "batch_id", found: "\"",
            question: .unfinished),
        Case(
            sql: "UPDATE error_reports SET error_type = 'ODD'", table: "error_reports", column: "error_type", found: "\"ODD\"",
            question: .account),
        Case(
            sql: "UPDATE edition_rates SET denominator = 0", table: "edition_rates", column: "denominator", found: "\"0\"",
            question: .account),
        Case(
            sql: "UPDATE edition_rates SET numerator = -1", table: "edition_rates", column: "numerator", found: "\"-1\"", question: .account
        ),
        Case(sql: "DELETE FROM edition_sheets", table: "edition_sheets", column: "sheet", found: "nothing", question: .sales),
        Case(
            sql: "UPDATE edition_products SET product_ean = -5", table: "edition_products", column: "product_ean", found: "\"-5\"",
            question: .sales),
        Case(
            sql: "UPDATE sale_rows SET sale_day = 3000000000", table: "sale_rows", column: "sale_day", found: "\"3000000000\"",
            question: .sales),
        Case(
            sql: "UPDATE edition_products SET product_ean = NULL", table: "edition_products", column: "product_ean", found: "nothing",
            question: .sales),
        Case(
            sql: "UPDATE sale_rows SET row_number = 3000000000", table: "sale_rows", column: "row_number",
            found: "\"3000000000\"", question: .waiting),
        Case(
            sql: "INSERT INTO products (product_ean, functional_name, description) VALUES ('12345', 'A', '')", table: "products",
            column: "product_ean", found: "\"12345\"",
            question: .catalogue),
        Case(
            sql: "PRAGMA ignore_check_constraints = ON; UPDATE stores SET store_type = 'tent'", table: "stores", column: "store_type",
            found: "\"tent\"", question: .catalogue),
        Case(
            sql: "UPDATE resellers SET approval = 'maybe', currency = 'EUR'", table: "resellers", column: "approval", found: "\"maybe\"",
            question: .resellers),
    ])
    func `a value that cannot be is told with its table, its column and what was found`(damage: Case) throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1, waits: true)], terms: Fixture.terms(.partial))
        try ask(damage.question, house, batch)
        try house.execute(damage.sql)
        guard case .damage(let sentence) = whatWentWrong({ try ask(damage.question, house, batch) }) else { throw Unexpected() }
        #expect(sentence.contains("table \(damage.table) ") && sentence.contains("column \(damage.column),"))
        #expect(sentence.contains("holds \(damage.found)") && sentence.contains("last good copy"))
    }

    @Test func `a long value is cut short`() throws {
        let house = try Fixture()
        let batch = try house.take([Line()])
        try house.execute("UPDATE upload_batches SET status = hex(zeroblob(1000))")
        guard case .damage(let sentence) = whatWentWrong({ _ = try house.ledger.batch(batch.id) }) else { throw Unexpected() }
        #expect(sentence.contains("0…\"") && sentence.utf8.count < 400)
    }

    @Test func `a staged row with an outcome that there is not is no sale of anybody's`() throws {
        let house = try Fixture()
        let batch = try house.take([Line(), Line(product: 1, waits: true)])
        try house.execute("UPDATE sale_rows SET outcome = 9 WHERE outcome = 4")
        let fault = whatWentWrong { _ = try house.ledger.approve(batch.id, terms: Fixture.terms(), all: false, by: house.operatorsDeed) }
        guard case .damage(let sentence) = fault else { throw Unexpected() }
        #expect(sentence.contains("gives \"9\" for max(outcome)"))
        #expect(try house.sales().isEmpty)
    }

    @Test func `a ledger that has lost its reference version says so`() throws {
        let house = try Fixture()
        try house.execute("DELETE FROM reference_version")
        guard case .damage(let sentence) = whatWentWrong({ _ = try house.ledger.referenceVersion() }) else { throw Unexpected() }
        #expect(sentence.contains("the table reference_version is empty"))
    }
}
