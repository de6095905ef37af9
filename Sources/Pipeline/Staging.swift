import Batches
import Failpoints
import Frames
import Ledger
import Linux
import Sellout

/// Takes the reader's frames, resolves each draft, and stages the rows in pieces.
struct Staging {
    private static let piece = 8192
    /// No workbook that a reader would read holds more. One that was taken over could go on for ever.
    private static let mostLines = 20_000_000
    private static let mostNames = 1_000_000

    private let ledger: any Bookkeeping
    private let run: Run
    private var resolver: Resolver
    private var plausibility: Plausibility
    private var sheets: [String] = []
    private var chunk: StagedChunk
    private var ratesSent = 0
    /// Sales and errors.
    private var lines = 0
    private(set) var detection: Detection?

    init(ledger: any Bookkeeping, run: Run, terms: Terms, catalogue: Catalogue) {
        self.ledger = ledger
        self.run = run
        resolver = Resolver(terms: terms, catalogue: catalogue)
        plausibility = Plausibility(terms: terms, catalogue: catalogue, today: Timestamp.now().day)
        chunk = StagedChunk(referenceVersion: catalogue.version)
    }

    mutating func take(_ frame: Frame) throws {
        switch frame {
        case .recognised(let detection): self.detection = detection
        case .harvested(let harvested): try take(harvested)
        case .progress(let percent): run.note(percent: percent)
        case .rows, .sheet, .header, .draft, .finished, .refused: throw FrameFault("a frame came that nobody asked for")
        }
    }

    private mutating func take(_ harvested: Harvested) throws {
        try limit(harvested)
        sheets += harvested.sheets
        chunk.sheets += harvested.sheets
        for naming in harvested.products {
            let ean = resolver.name(product: naming)
            chunk.products.append(StagedProduct(naming: naming, ean: ean, endedFrom: resolver.endOfLastProduct))
        }
        for naming in harvested.stores {
            chunk.stores.append(StagedStore(naming: naming, store: resolver.name(store: naming)))
        }
        let told = chunk.errors.count
        chunk.rows.reserveCapacity(chunk.rows.count + harvested.drafts.count)
        for draft in harvested.drafts { if let row = try resolved(draft) { chunk.rows.append(row) } }
        chunk.errors += harvested.errors
        // Waiting rows and malformed ones are told in the order in which a person finds them.
        if Set(chunk.errors[told...].map(\.sheet)).count == 1 { chunk.errors[told...].sort { $0.row < $1.row } }
        chunk.malformedRows += harvested.malformedRows
        guard harvested.malformed.allSatisfy({ sheets.indices.contains(Int($0.sheet)) }) else {
            throw FrameFault("a wrong row lies on a sheet that was not named")
        }
        chunk.malformed += harvested.malformed
        run.add(rows: harvested.drafts.count + harvested.malformedRows)
        if chunk.rows.count + chunk.errors.count + chunk.products.count + chunk.stores.count + chunk.sheets.count >= Staging.piece {
            try flush()
        }
    }

    private mutating func limit(_ more: Harvested) throws(FrameFault) {
        let names = resolver.products.count + resolver.stores.count + sheets.count
        guard names + more.products.count + more.stores.count + more.sheets.count <= Staging.mostNames else {
            throw FrameFault("the file names more than \(Staging.mostNames) products, stores and sheets")
        }
        lines += more.drafts.count + more.errors.count
        guard lines <= Staging.mostLines else { throw FrameFault("the file states more than \(Staging.mostLines) sales and errors") }
    }

    /// Nil for a row that is no sale, because nothing is mapped to its product.
    private mutating func resolved(_ draft: Draft) throws(FrameFault) -> StagedRow? {
        guard sheets.indices.contains(Int(draft.sheet)) else { throw FrameFault("a sale lies on a sheet that was not named") }
        let names = sheets
        guard let outcome = resolver.resolve(draft, sheet: { names[Int($0)] }) else {
            throw FrameFault("a sale names a product or store that was not named")
        }
        switch outcome {
        case .sale(let sale):
            if let ean = resolver.products[Int(draft.product)].ean { plausibility.take(draft, ean, sale) { names[Int($0)] } }
            return StagedRow(draft: draft, local: sale.local, euros: sale.euros, rate: sale.rate)
        case .waits(let errors):
            let (naming, ean) = resolver.products[Int(draft.product)]
            if naming.isSkippedUnmapped, ean == nil {
                plausibility.skip(draft, naming) { names[Int($0)] }
                return nil
            }
            chunk.errors += errors
            return StagedRow(draft: draft, local: nil, euros: nil, rate: nil)
        }
    }

    private mutating func flush() throws {
        try ledger.stage(rest(), of: run.batch.id)
        try Failpoint.rowsStaged.pass()
        chunk.rows.removeAll(keepingCapacity: true)
        chunk.errors.removeAll()
        chunk.sheets.removeAll()
        chunk.products.removeAll()
        chunk.stores.removeAll()
        chunk.malformedRows = 0
    }

    /// What is left when the file ends. It is staged with the settling, in one transaction.
    mutating func last() throws(SystemFault) -> StagedChunk {
        try Failpoint.rowsStaged.pass()
        return rest()
    }

    /// Adds what the sales say together to what the reader found.
    mutating func conclude(_ findings: Findings) -> Findings {
        var all = findings
        let names = sheets
        plausibility.conclude(&all) { names.indices.contains(Int($0)) ? names[Int($0)] : "" }
        return all
    }

    private mutating func rest() -> StagedChunk {
        chunk.rates = Array(resolver.rates[ratesSent...])
        ratesSent = resolver.rates.count
        return chunk
    }
}
