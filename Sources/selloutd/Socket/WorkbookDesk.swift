import Batches
import Confinement
import Frames
import Glibc
import Linux
import Sellout
import Settings
import Synchronization
import Texts
import Web

/// Looks into workbooks that nobody has claimed: their first rows, and the sales that a profile would read from them. Each is kept for a
/// while without a name, so that a profile can be tried on it again and again.
final class WorkbookDesk: Sendable {
    static let longestProfile = 256 << 10
    static let longestWorkbook: Int64 = 100 << 20
    private static let mostKept = 8
    private static let longestKept = Duration.seconds(1800)

    private struct Kept {
        let content: Descriptor
        let name: String
        let since: ContinuousClock.Instant
    }

    private let reader: any Reader
    private let folder: String
    /// By a random name that only whoever brought the workbook knows.
    private let workbooks = Mutex<[String: Kept]>([:])

    /// `folder` is where the workbooks lie, without names.
    init(reader: any Reader, folder: String = "/tmp") {
        self.reader = reader
        self.folder = folder
    }

    /// `POST /glimpse?name=FILE` with the workbook as its body.
    func receive(_ request: Request) -> Receiving {
        guard let name = request.asked("name"), !name.isEmpty, name.utf8.count <= 255 else {
            return .refuse(.refusal(400, "name is the file's name, by whose ending its kind is told."))
        }
        do { return .delivery(WorkbookDelivery(try Descriptor(unnamedIn: folder)) { self.glimpse(of: $0, named: name) }) } catch {
            return .refuse(.refusal(503, "\(error)"))
        }
    }

    private func glimpse(of content: Descriptor, named name: String) -> Response {
        var look = FirstLook()
        do {
            let result = try reader.read(Job(purpose: .firstRows, fileName: name), try readOnly(content)) { try look.take($0) }
            if case .failure(let refusal) = result { return WorkbookDesk.refused(refusal) }
        } catch { return .refusal(503, "\(error)") }
        return .json(.joined([["workbook": .text(keep(content, name)), "name": .text(name)], look.json]))
    }

    /// What a profile, as JSON5, would read from a workbook that was brought before.
    func sales(of workbook: String, by profile: [UInt8]) -> Response {
        let kept = workbooks.withLock { workbooks in
            workbooks = workbooks.filter { $0.value.since.duration(to: .now) < Self.longestKept }
            return workbooks[workbook]
        }
        guard let kept else { return .refusal(404, "That workbook is not kept any more; bring it again.") }
        let terms: Terms
        do { terms = try Profile.read(profile, file: "draft").terms } catch {
            let faults = error.all.prefix(50).map { fault -> JSONValue in ["path": .text(fault.path), "expected": .text(fault.expected)] }
            return .json(["faults": .array(Array(faults))], status: 422)
        }
        var trial = TrialSales()
        let source = ProfileSource(file: "draft", json5: profile)
        let job = Job(purpose: .sales, reseller: terms.reseller, fileName: kept.name, trial: source)
        do {
            switch try reader.read(job, try readOnly(kept.content), take: { try trial.take($0) }) {
            case .failure(let refusal): return WorkbookDesk.refused(refusal)
            case .success(let findings): return .json(trial.json(findings))
            }
        } catch { return .refusal(503, "\(error)") }
    }

    private func keep(_ content: Descriptor, _ name: String) -> String {
        let id = BatchID().text
        workbooks.withLock { workbooks in
            if workbooks.count >= Self.mostKept, let oldest = workbooks.min(by: { $0.value.since < $1.value.since }) {
                workbooks[oldest.key] = nil
            }
            workbooks[id] = Kept(content: content, name: name, since: .now)
        }
        return id
    }

    /// The reader gets a descriptor of its own, which cannot write and has its own position.
    private func readOnly(_ content: Descriptor) throws(SystemFault) -> Descriptor {
        try Descriptor(opening: "/proc/self/fd/\(content.number)", flags: O_RDONLY)
    }

    /// The file's own fault, or that of how it was to be read.
    private static func refused(_ refusal: FileRefusal) -> Response {
        let suggestion = JSONValue.optional(refusal.suggestion)
        return .json(
            ["refusal": ["type": .text(refusal.type.rawValue), "message": .text(refusal.message), "suggestion": suggestion]], status: 422)
    }
}

/// A workbook on its way to the disk.
private final class WorkbookDelivery: Delivery, @unchecked Sendable {  // Guarded by its exchange, which one thread at a time works on.
    private let file: Descriptor
    private let answer: @Sendable (Descriptor) -> Response
    private var size: Int64 = 0
    private var fault: Response?

    init(_ file: Descriptor, answer: @escaping @Sendable (Descriptor) -> Response) {
        self.file = file
        self.answer = answer
    }

    func take(_ piece: RawSpan) -> Bool {
        size += Int64(piece.byteCount)
        guard size <= WorkbookDesk.longestWorkbook else {
            fault = .refusal(413, "A workbook of at most \(WorkbookDesk.longestWorkbook >> 20) MiB is looked into.")
            return false
        }
        do throws(SystemFault) { try file.write(piece) } catch { fault = .refusal(503, "\(error)") }
        return fault == nil
    }

    func finish() -> Response { fault ?? answer(file) }

    func breakOff() {}
}

/// The first rows of a workbook's sheets, and the profile that they suggest.
private struct FirstLook {
    private var sheets: [(summary: SheetSummary, rows: [JSONValue])] = []
    private var draft: String?

    mutating func take(_ frame: Frame) throws(FrameFault) {
        switch frame {
        case .sheet(let summary): sheets.append((summary, []))
        case .rows(let rows):
            guard !sheets.isEmpty, sheets[sheets.count - 1].summary.name == rows.sheet,
                sheets[sheets.count - 1].rows.count + rows.lines.count <= Glimpse.rows
            else { throw FrameFault("rows came of a sheet that was not named") }
            sheets[sheets.count - 1].rows += rows.lines.map { ["row": .number($0.number), "cells": $0.cellsJSON] }
        case .draft(let text): draft = text
        default: throw FrameFault("a frame came that nobody asked for")
        }
    }

    var json: JSONValue {
        let sheets = sheets.map { sheet -> JSONValue in
            ["name": .text(sheet.summary.name), "hidden": .bool(sheet.summary.isHidden), "rows": .array(sheet.rows)]
        }
        return ["sheets": .array(sheets), "draft": .optional(draft)]
    }
}
