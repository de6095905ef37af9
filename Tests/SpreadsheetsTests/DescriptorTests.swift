import Foundation
import Spreadsheets
import Testing

@Suite struct DescriptorTests {
    @Test func `a descriptor that is no regular file is refused`() throws {
        var ends: [Int32] = [0, 0]
        unsafe pipe(&ends)
        defer { ends.forEach { close($0) } }
        #expect(throws: SpreadsheetFault.self) { try Workbook(descriptor: ends[0], name: "a.csv") }
        #expect(throws: SpreadsheetFault.self) { try Workbook(descriptor: -1, name: "a.csv") }
    }
}
