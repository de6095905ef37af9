/// A stream of a compound file: pieces of the file, in order.
struct CompoundStream {
    let size: Int
    private let file: FileBytes
    private let extents: [Range<Int>]
    /// Where each extent begins in the stream.
    private let starts: [Int]

    init(_ file: FileBytes, extents: [Range<Int>], size: Int) {
        self.file = file
        self.extents = extents
        self.size = size
        var starts: [Int] = []
        var start = 0
        for extent in extents {
            starts.append(start)
            start += extent.count
        }
        self.starts = starts
    }

    /// Up to `count` bytes; fewer at the stream's end, or at the file's where it was cut off.
    func bytes(at offset: Int, count: Int) throws(SpreadsheetFault) -> [UInt8] {
        guard offset >= 0, offset < size else { return [] }
        var wanted = min(count, size - offset)
        var index = piece(holding: offset)
        var inside = offset - starts[index]
        var all: [UInt8] = []
        all.reserveCapacity(wanted)
        while wanted > 0, index < extents.count {
            let length = min(wanted, extents[index].count - inside)
            let got = try file.bytes(at: extents[index].lowerBound + inside, count: length)
            all += got
            if got.count < length { break }
            wanted -= length
            inside = 0
            index += 1
        }
        return all
    }

    private func piece(holding offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
