import Batches
import Confinement
import Folders
import Frames
import Ledger
import Linux
import Pipeline
import Sellout
import Texts
import Web

/// Gives out what lies in spool and archive: a batch's file as it was sent, and the cells of its failed rows, which the confined reader
/// reads again.
struct OriginalsDesk: Sendable {
    static let mostRows = 1000
    private static let usualRows = 200
    /// Of errors that are looked through for them.
    private static let mostErrors = 50_000

    let root: String
    let ledger: any Bookkeeping
    let reader: any Reader

    func original(of given: String) -> Response {
        answer(given) { _, file in Response(contentType: "application/octet-stream", body: .file(try file.open(), size: file.size)) }
    }

    /// `{"rows":[{"sheet":"…","row":12,"cells":{"A":"…"},"headers":{"A":"EAN"},"fields":{"A":"ean"}}]}`
    func rows(of given: String, most asked: String?) -> Response {
        let most = asked.map { Int($0) ?? 0 } ?? Self.usualRows
        guard (1...Self.mostRows).contains(most) else { return .refusal(400, "limit is a number from 1 to \(Self.mostRows).") }
        return answer(given) { batch, file in
            var wanted = try self.wanted(of: batch, most)
            guard !wanted.isEmpty else { return .json(["rows": .array([])]) }
            return read(&wanted, of: batch, file)
        }
    }

    private func answer(_ given: String, _ body: (Batch, StoredFile) throws -> Response) -> Response {
        guard let id = BatchID(given) else { return .refusal(404, "There is no batch \(Printable.line(given)).") }
        do {
            guard let batch = try ledger.batch(id) else { return .refusal(404, "There is no batch \(id).") }
            guard let file = try KeptOriginals(root: root).file(of: id, from: batch.inbox, receivedAt: batch.receivedAt) else {
                return .refusal(404, "The file of batch \(id) is not kept any more.")
            }
            return try body(batch, file)
        } catch { return .refusal(503, "\(error)") }
    }

    private func wanted(of batch: Batch, _ most: Int) throws(LedgerFault) -> WantedRows {
        var wanted = WantedRows()
        var after = 0
        while wanted.count < most, after < Self.mostErrors {
            let piece = try ledger.errors(of: batch.id, after: after, limit: 1000)
            for error in piece where wanted.count < most { wanted.add(error.sheet, error.row) }
            after += piece.count
            if piece.count < 1000 { break }
        }
        return wanted
    }

    private func read(_ wanted: inout WantedRows, of batch: Batch, _ file: StoredFile) -> Response {
        let job = Job(purpose: .rawRows, reseller: batch.reseller, fileName: file.name.printable)
        do {
            let result = try reader.read(job, try file.open()) { if !(try wanted.take($0)) { throw Enough() } }
            if case .failure(let refusal) = result { return .refusal(422, refusal.message) }
        } catch is Enough {
        } catch { return .refusal(503, "\(error)") }
        return .json(["rows": .array(wanted.found)])
    }

    private struct Enough: Error {}
}

/// The failed rows of a batch, and what has been found of them.
private struct WantedRows {
    private var bySheet: [String: Set<Int>] = [:]
    private var headers: [String: SheetHeader] = [:]
    private(set) var count = 0
    private(set) var found: [JSONValue] = []

    var isEmpty: Bool { count == 0 }

    mutating func add(_ sheet: String, _ row: Int) {
        if bySheet[sheet, default: []].insert(row).inserted { count += 1 }
    }

    /// False once all have been found.
    mutating func take(_ frame: Frame) throws(FrameFault) -> Bool {
        switch frame {
        case .header(let header): headers[header.sheet] = header
        case .rows(let rows):
            guard let wanted = bySheet[rows.sheet] else { return true }
            for line in rows.lines where wanted.contains(line.number) {
                found.append(json(line, of: rows.sheet))
                bySheet[rows.sheet]?.remove(line.number)
            }
        default: throw FrameFault("a frame came that nobody asked for")
        }
        return found.count < count
    }

    private func json(_ line: RawRows.Line, of sheet: String) -> JSONValue {
        let header = headers[sheet]
        // Of all columns: what is empty in this row has a name too.
        func named(_ texts: [Int: String]?) -> JSONValue {
            let columns = (texts ?? [:]).sorted { $0.key < $1.key }.prefix(RawRows.Line.mostCells)
            return .object(columns.map { JSONValue.Member(ColumnName.text($0.key), .text($0.value)) })
        }
        return [
            "sheet": .text(sheet), "row": .number(line.number), "cells": line.cellsJSON, "headers": named(header?.headers),
            "fields": named(header?.fields),
        ]
    }
}

extension RawRows.Line {
    fileprivate static let mostCells = 200
    private static let longestText = 2000

    /// As many as a person looks at, in the order of their columns.
    var shown: ArraySlice<(key: Int, value: RawRows.Value)> { cells.sorted { $0.key < $1.key }.prefix(Self.mostCells) }

    /// By the columns' letters.
    var cellsJSON: JSONValue {
        .object(
            shown.map { column, value in
                let shown: JSONValue =
                    switch value {
                    case .number(let number): .decimal(number)
                    case .bool(let flag): .bool(flag)
                    case .date(let date): .text(date.description)
                    case .text(let text), .error(let text): .text(String(text.prefix(Self.longestText)))
                    }
                return JSONValue.Member(ColumnName.text(column), shown)
            })
    }
}
