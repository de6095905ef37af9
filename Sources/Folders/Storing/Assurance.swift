import Batches
import Glibc
import Linux

/// What the control file in a batch's crate says of the batch's file.
package struct Assurance: Sendable {
    package enum Word: Hashable, Sendable {
        /// There is no control file.
        case none
        case isWhole
        /// The digest that the file must have, in lowercase.
        case sha256(String)
        /// It cannot be read, or holds no digest.
        case unreadable
    }

    /// The control file's name. Printable.
    package let name: String
    package let word: Word
}

extension StoredFile {
    /// Throws `FileInMotion` while somebody writes the control file.
    package func assurance(by agreed: ControlFile) throws -> Assurance {
        Assurance(name: name.printable + agreed.ending, word: try word(of: agreed))
    }

    private func word(of agreed: ControlFile) throws -> Assurance.Word {
        let crate = try openCrate()
        guard let name = name.with(agreed), let status = try crate.status(of: name), Refusal(status) == nil else { return .none }
        guard agreed == .sha256 else { return .isWhole }
        let path = crate.path(of: name)
        let file: Descriptor
        do { file = try crate.open(name, flags: O_RDONLY | O_NONBLOCK) } catch {
            switch error.errno {
            case EAGAIN: throw FileInMotion(path: path)
            case EACCES, ELOOP, ENXIO: return .unreadable
            default: throw error
            }
        }
        if case .writerHasItOpen = Lease.ask(for: file) { throw FileInMotion(path: path) }
        return try Assurance.Word(sha256sum: file.start(Assurance.Word.longestText, path: path))
    }
}

extension Assurance.Word {
    /// More than a digest and the longest name, escaped, come to.
    fileprivate static let longestText = 2048

    /// Reads what sha256sum(1) writes: 64 hexadecimal digits, then perhaps blanks and a name. A line about a name with a line
    /// break in it begins with a backslash; programs on Windows begin files with a byte order mark.
    init(sha256sum text: [UInt8]) {
        var rest = text[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        if rest.first == UInt8(ascii: "\\") { rest = rest.dropFirst() }
        let digits = String(decoding: rest.prefix(64), as: UTF8.self).lowercased()
        let end = rest.dropFirst(64).first
        guard digits.utf8.count == 64, digits.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }),
            end.map({ " \t\r\n".utf8.contains($0) }) ?? true
        else {
            self = .unreadable
            return
        }
        self = .sha256(digits)
    }
}

extension Descriptor {
    /// So many bytes from its start, or fewer where there are no more.
    fileprivate func start(_ length: Int, path: String) throws(SystemFault) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: length)
        let count = try read(into: &buffer, at: 0, path: path)
        return Array(buffer.prefix(count))
    }
}
