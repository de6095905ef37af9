/// Steps as Swift source, to be pasted into the kept sequences.
extension Step {
    var source: String {
        switch self {
        case .drop(let file, let dies):
            let rows = file.rows.map(\.source).joined(separator: ", ")
            let mode = file.mode == .append ? "" : ", as: .\(file.mode)"
            let malformed = file.malformed == 0 ? "" : ", malformed: \(file.malformed)"
            return ".file(of: \(file.reseller)\(mode), [\(rows)]\(malformed)\(dies ? ", dies: true" : ""))"
        case .approve(let batch): return ".approve(\(batch))"
        case .cancel(let batch): return ".cancel(\(batch))"
        case .retry(let batch): return ".retry(\(batch))"
        case .delete(let batch): return ".delete(\(batch))"
        case .undo(let batch, let cascade): return ".undo(\(batch), cascade: \(cascade))"
        case .map(let reseller, let code, let ean): return ".map(reseller: \(reseller), code: \(code), ean: \(ean))"
        case .merge(let reseller, let store, let into): return ".merge(reseller: \(reseller), store: \(store), into: \(into))"
        case .price(let ean, let day, let price): return ".price(ean: \(ean), day: \(day), price: \(price))"
        case .rate(let day, let perEuro): return ".rate(day: \(day), perEuro: \(perEuro))"
        case .rebook: return ".rebook"
        case .restart: return ".restart"
        }
    }

    static func file(of reseller: Int, as mode: Mode = .append, _ rows: [FileRow], malformed: Int = 0, dies: Bool = false) -> Step {
        .drop(DroppedFile(reseller: reseller, mode: mode, rows: rows, malformed: malformed), dies: dies)
    }
}

extension FileRow {
    fileprivate var source: String {
        let amount = amount.map { ", for: \($0)" } ?? ""
        let order = order.map { ", order: \($0)" } ?? ""
        return ".of(\(code), in: \(store), on: \(day), \(quantity)\(amount)\(order))"
    }

    /// So many pieces of a product that were sold in a store on a day.
    static func of(_ code: Int, in store: Int, on day: Int, _ quantity: Int64, for amount: Int64? = nil, order: Int? = nil) -> FileRow {
        FileRow(store: store, code: code, day: day, quantity: quantity, amount: amount, order: order)
    }
}

extension [Step] {
    /// A kept sequence whose end is the model's: write it out by hand once it is understood.
    func source(named name: String) -> String {
        "KeptSequence(\n    \"\(name)\",\n    [\n" + map { "        \($0.source)," }.joined(separator: "\n") + "\n    ]),"
    }
}
