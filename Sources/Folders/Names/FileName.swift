/// A name inside a folder as the kernel keeps it: bytes that senders choose, UTF-8 or not, with whatever they like in them.
package struct FileName: Hashable, Sendable {
    package static let longest = 255

    package let bytes: [UInt8]

    /// Nil for what can be no single name: empty, too long, `.`, `..`, or with a slash or a NUL in it.
    package init?(_ bytes: some Collection<UInt8>) {
        guard (1...Self.longest).contains(bytes.count), !bytes.contains(0), !bytes.contains(UInt8(ascii: "/")) else { return nil }
        guard !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) else { return nil }
        self.bytes = Array(bytes)
    }

    package init?(_ text: String) { self.init(text.utf8) }

    /// For system calls that take a C string.
    var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }

    /// Upload tools' working names, which are left alone in an inbox: their owner has not finished with them.
    package var isWorkingName: Bool {
        if bytes.starts(with: ".".utf8) || bytes.starts(with: "~$".utf8) { return true }
        return Self.workingEndings.contains { ending in
            bytes.count >= ending.utf8.count && bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8, by: Self.isSameLetter)
        }
    }

    private static let workingEndings = [".part", ".partial", ".filepart", ".tmp", ".crdownload", ".swp", "~"]

    /// ASCII letters count as the same in either case: Windows clients write `.TMP`.
    private static func isSameLetter(_ one: UInt8, _ lowercase: UInt8) -> Bool {
        one == lowercase || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(one) && one | 0x20 == lowercase
    }
}

/// Only for names that stand in the source.
extension FileName: ExpressibleByStringLiteral {
    package init(stringLiteral text: StaticString) {
        guard let name = FileName(text.description) else { preconditionFailure("\(text) can be no file name") }
        self = name
    }
}

extension FileName: Comparable {
    package static func < (one: FileName, other: FileName) -> Bool { one.bytes.lexicographicallyPrecedes(other.bytes) }
}
