import Foundation
import Frames
import Glibc
import Reading
import Sellout
import Testing

/// Cells as they are, in frames that the daemon can hold.
@Suite struct CellsReadingTests {
    private func frames(_ text: String) throws -> [Frame] {
        var template = Array((NSTemporaryDirectory() + "sellout-XXXXXX").utf8CString)
        let descriptor = unsafe mkstemp(&template)
        unsafe unlink(template)
        defer { close(descriptor) }
        try FileHandle(fileDescriptor: descriptor).write(contentsOf: Data(text.utf8))
        var frames: [Frame] = []
        try FileReading(profiles: []) { frames.append($0) }
            .carryOut(Job(purpose: .cells, fileName: "cells.csv"), descriptor: descriptor)
        return frames
    }

    private func rows(_ frame: Frame) -> [RawRows.Line] {
        if case .rows(let rows) = frame { rows.lines } else { [] }
    }

    @Test func `rows come in pieces of so many rows or so many bytes, and none is lost`() throws {
        let text = String(repeating: "1;2\n", count: 600) + String(repeating: String(repeating: "x", count: 100_000) + ";y\n", count: 40)
        let frames = try frames(text)
        #expect(frames.flatMap(rows).map(\.number) == Array(1...640))
        #expect(frames.map { rows($0).count }.max() == 256)
        #expect(frames.allSatisfy { $0.encoded().count < 1_100_000 })
    }

    @Test func `a row that no frame can hold is refused with its place`() throws {
        // In NFC this character takes three times its four bytes.
        let wide = String(repeating: String(repeating: "\u{1D160}", count: 30_000) + ";", count: 48) + "\n"
        let frames = try frames("sep=;\na\n" + wide)
        #expect(frames.count == 1)
        guard case .refused(let refusal) = frames.last else { return #expect(Bool(false), "the file is refused") }
        #expect(refusal.type == .limitExceeded && refusal.message.contains("row 2 of the sheet cells "))
    }
}
