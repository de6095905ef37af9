import Sellout

/// What the daemon tells the reader process.
package enum Order: Sendable {
    /// First of all, to the nursery: the profiles that readers will need, as their files stand.
    case profiles([ProfileSource])
    /// To the nursery: fork a reader. Comes with the reader's end of its socket.
    case fork
    /// To a reader. Comes with the file's descriptor.
    case read(Job)

    package func encoded() -> [UInt8] {
        var writer = ByteWriter()
        switch self {
        case .profiles(let sources):
            writer.put(UInt8(1))
            writer.put(all: sources) { writer, source in
                writer.put(source.file)
                writer.put(source.json5)
            }
        case .read(let job):
            writer.put(UInt8(2))
            writer.put(job.purpose.rawValue)
            writer.put(job.reseller)
            writer.put(job.fileName)
        case .fork: writer.put(UInt8(3))
        }
        return writer.framed()
    }

    package init(_ bytes: [UInt8]) throws(FrameFault) {
        var reader = ByteReader(bytes)
        switch try reader.integer(UInt8.self) {
        case 1:
            self = .profiles(
                try reader.list { reader throws(FrameFault) in ProfileSource(file: try reader.text(), json5: try reader.blob()) })
        case 2:
            self = .read(Job(purpose: try reader.choice(), reseller: try reader.text(), fileName: try reader.text()))
        case 3: self = .fork
        default: throw FrameFault("an order is of no known kind")
        }
        try reader.end()
    }
}

/// A profile's file, as the daemon read it: the reader opens nothing by itself.
package struct ProfileSource: Hashable, Sendable {
    package let file: String
    package let json5: [UInt8]

    package init(file: String, json5: [UInt8]) {
        self.file = file
        self.json5 = json5
    }
}

/// One file to read, and what for.
package struct Job: Hashable, Sendable {
    package enum Purpose: String, Sendable {
        /// Recognise it and extract its sales.
        case sales
        /// Every cell of every sheet, as it is.
        case cells
        case sheets
    }

    package let purpose: Purpose
    /// Whose inbox it lay in; empty where nobody says: it is then detected.
    package let reseller: String
    package let fileName: String

    package init(purpose: Purpose, reseller: String = "", fileName: String) {
        self.purpose = purpose
        self.reseller = reseller
        self.fileName = fileName
    }
}
