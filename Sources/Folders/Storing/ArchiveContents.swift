import Batches
import Linux

/// What lies in the archive, month by month. Only looks.
package struct ArchiveContents: Sendable {
    private let folder: Folder

    package init(of root: Root) { folder = root.archive.folder }

    /// The oldest month first. What bears no month's name is nobody's.
    package func shelves() throws(SystemFault) -> [Archive.Shelf] {
        var shelves: [Archive.Shelf] = []
        for year in try folder.names() {
            guard let number = Self.number(year, digits: 4), let months = try folder.folder(year) else { continue }
            for month in try months.names() {
                guard let month = Self.number(month, digits: 2), (1...12).contains(month) else { continue }
                shelves.append(Archive.Shelf(year: number, month: month))
            }
        }
        return shelves
    }

    /// In no order, by their names alone: there may be very many.
    package func batches(on shelf: Archive.Shelf) throws(SystemFault) -> [BatchID] {
        try open(shelf)?.namesAsTheyCome().compactMap { BatchID(String(decoding: $0.bytes, as: UTF8.self)) } ?? []
    }

    /// Nil where its crate is gone, or holds no file.
    package func original(of batch: BatchID, on shelf: Archive.Shelf) throws(SystemFault) -> ArchivedOriginal? {
        guard let month = try open(shelf), let crate = try month.folder(FileName(of: batch)) else { return nil }
        let origin = Origin(of: crate)
        let inbox = origin?.inbox ?? .reseller("")
        guard let file = try StoredFile(batch, of: inbox, in: month, FileName(of: batch)) else { return nil }
        // The claim's rename was the last change of the file, unless the archive itself was copied.
        let came = origin?.receivedAt ?? file.receivedAt
        return ArchivedOriginal(
            batch: batch, name: file.name, size: file.size, inbox: origin?.inbox, uploader: file.upload?.uploader,
            receivedAt: Archive.Shelf(of: came) == shelf ? came : Timestamp(year: shelf.year, month: shelf.month) ?? came)
    }

    private func open(_ shelf: Archive.Shelf) throws(SystemFault) -> Folder? {
        try folder.folder(shelf.yearName)?.folder(shelf.monthName)
    }

    private static func number(_ name: FileName, digits: Int) -> Int? {
        guard name.bytes.count == digits, name.bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: name.bytes, as: UTF8.self))
    }
}

/// A file in the archive, and what is known of where it came from.
package struct ArchivedOriginal: Sendable {
    package let batch: BatchID
    package let name: FileName
    package let size: Int64
    /// Nil where its crate does not say.
    package let inbox: Inbox?
    /// Who uploaded it; nil for what came into an inbox.
    package let uploader: String?
    /// In the month of its shelf, where it is looked for.
    package let receivedAt: Timestamp
}
