import Glibc

/// Who takes what a form brings. Each call answers whether more is wanted.
package protocol FormTaker: AnyObject {
    /// A field without a file name, whole.
    func field(_ name: String, _ value: String) -> Bool
    func fileBegan(_ file: FormFile) -> Bool
    func filePiece(_ piece: RawSpan) -> Bool
    /// The boundary behind the file has come. Only `Multipart.finish` says that the form was whole.
    func fileEnded() -> Bool
}

/// A file's place in a form. Every text is the client's.
package struct FormFile: Hashable, Sendable {
    /// Of the field.
    package var name: String
    /// As the client wrote it, perhaps empty or with a path before it.
    package var fileName: String
    package var contentType: String?
}

/// Reads `multipart/form-data` (RFC 7578, RFC 2046) as it comes. It never takes half a form for a whole one: what departs
/// from the grammar is a fault. It holds a boundary's start, one part's head and one small field, and nothing of a file.
package struct Multipart: Sendable {
    package struct Limits: Hashable, Sendable {
        package var parts = 32
        /// Of one part's head. As much may stand before the first part, and after the last.
        package var headBytes = 8 << 10
        /// Of all fields that are no files, together.
        package var fieldBytes = 64 << 10

        package init() {}
    }

    private enum State: Hashable {
        /// Each looks for the next boundary.
        case preamble, field(name: String), file
        /// Behind a boundary: the line ends, or says with two hyphens that this was the last one.
        case boundaryLine
        case head
        case epilogue
    }

    /// A boundary has at most 70 bytes and is followed by its line's end; what a gateway pads it with is less.
    private static let longestBoundaryLine = 72

    private let limits: Limits
    /// What ends a part: CR LF, two hyphens, the boundary. The only CR in it is the first byte, so a match that fails cannot
    /// overlap another one.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// With how much of the delimiter the last piece ended.
    private var matched = 2
    /// How much of that is only assumed: neither the first boundary nor one right behind a head needs a CR LF of its own.
    private var assumed = 2
    private var held: [UInt8] = []
    private var parts = 0
    private var fieldBytes = 0
    private var idleBytes = 0
    private var fault: MultipartFault?

    /// Reads the boundary from the request's `Content-Type`.
    package init(contentType: String, limits: Limits = Limits()) throws(MultipartFault) {
        self.limits = limits
        delimiter = Array("\r\n--".utf8) + (try FormHead.boundary(of: contentType))
    }

    /// False where the taker wants no more. After a fault it throws that fault again.
    package mutating func take(_ piece: RawSpan, for taker: some FormTaker) throws(MultipartFault) -> Bool {
        if let fault { throw fault }
        do throws(MultipartFault) {
            var start = 0
            while start < piece.byteCount {
                let rest = piece.extracting(start..<piece.byteCount)
                switch state {
                case .preamble, .field, .file:
                    let (used, isMoreWanted) = try content(rest, taker)
                    guard isMoreWanted else { return false }
                    start += used
                case .boundaryLine: start += try boundaryLine(rest)
                case .head:
                    let (used, isMoreWanted) = try head(rest, taker)
                    guard isMoreWanted else { return false }
                    start += used
                case .epilogue:
                    try pass(rest.byteCount)
                    start = piece.byteCount
                }
            }
            return true
        } catch {
            fault = error
            throw error
        }
    }

    /// For when the body has ended: throws where the form has not.
    package mutating func finish() throws(MultipartFault) {
        if let fault { throw fault }
        guard state == .epilogue || (state == .boundaryLine && Self.trimmed(held) == Array("--".utf8)) else {
            throw MultipartFault("The form ends in the middle: its last boundary is missing.")
        }
    }

    private mutating func content(_ piece: RawSpan, _ taker: some FormTaker) throws(MultipartFault) -> (used: Int, isMoreWanted: Bool) {
        if matched > 0 {
            let further = Self.agreement(piece, delimiter, from: matched)
            if matched + further == delimiter.count { return (further, try endPart(taker)) }
            if further == piece.byteCount {
                matched += further
                return (further, true)
            }
            // It was content after all. The piece itself is looked at anew.
            let content = Array(delimiter[assumed..<matched])
            (matched, assumed) = (0, 0)
            return (0, try unsafe tell(content.span.bytes, taker))
        }
        let end = Self.delimiterStart(in: piece, delimiter)
        let content = piece.extracting(0..<end)
        guard try tell(content, taker) else { return (end, false) }
        let found = min(piece.byteCount - end, delimiter.count)
        if found == delimiter.count { return (end + found, try endPart(taker)) }
        matched = found
        return (piece.byteCount, true)
    }

    private mutating func tell(_ content: RawSpan, _ taker: some FormTaker) throws(MultipartFault) -> Bool {
        guard !content.isEmpty else { return true }
        switch state {
        case .file: return taker.filePiece(content)
        case .field:
            fieldBytes += content.byteCount
            guard fieldBytes <= limits.fieldBytes else {
                throw MultipartFault("The form's fields hold more than \(limits.fieldBytes) bytes.", status: 413)
            }
            unsafe content.withUnsafeBytes { unsafe held.append(contentsOf: $0) }
        default: try pass(content.byteCount)
        }
        return true
    }

    private mutating func endPart(_ taker: some FormTaker) throws(MultipartFault) -> Bool {
        let (ended, content) = (state, held)
        (state, matched, assumed, held, idleBytes) = (.boundaryLine, 0, 0, [], 0)
        switch ended {
        case .file: return taker.fileEnded()
        case .field(let name):
            guard let value = String(validating: content, as: UTF8.self) else {
                throw MultipartFault("A field of the form is not UTF-8 text.")
            }
            return taker.field(name, value)
        default: return true
        }
    }

    private mutating func boundaryLine(_ piece: RawSpan) throws(MultipartFault) -> Int {
        let used = hold(piece, through: [10])
        guard held.count <= Self.longestBoundaryLine else { throw MultipartFault("A boundary of the form has something behind it.") }
        guard held.last == 10 else { return used }
        let line = held.dropLast(2)
        guard held.suffix(2) == [13, 10] else { throw MultipartFault("A boundary of the form has no line end behind it.") }
        held = []
        switch Self.trimmed(Array(line)) {
        case []:
            parts += 1
            guard parts <= limits.parts else { throw MultipartFault("The form has more than \(limits.parts) parts.", status: 413) }
            state = .head
        case Array("--".utf8): state = .epilogue
        default: throw MultipartFault("A boundary of the form has something behind it.")
        }
        return used
    }

    private mutating func head(_ piece: RawSpan, _ taker: some FormTaker) throws(MultipartFault) -> (used: Int, isMoreWanted: Bool) {
        // A head without a line is no end here: it lacks its name.
        let used = hold(piece, through: [13, 10, 13, 10])
        guard held.count <= limits.headBytes else {
            throw MultipartFault("The head of a part has more than \(limits.headBytes) bytes.", status: 413)
        }
        guard !held.starts(with: [13, 10]) else { throw MultipartFault("A part of the form has no name.") }
        guard held.suffix(4) == [13, 10, 13, 10] else { return (used, true) }
        let head = try FormHead(held.dropLast(4))
        (held, matched, assumed) = ([], 2, 2)
        guard let fileName = head.fileName else {
            state = .field(name: head.name)
            return (used, true)
        }
        state = .file
        return (used, taker.fileBegan(FormFile(name: head.name, fileName: fileName, contentType: head.contentType)))
    }

    /// Adds to what is held, up to that end or one byte above the head's limit. Returns how much was added.
    private mutating func hold(_ piece: RawSpan, through end: [UInt8]) -> Int {
        var used = 0
        while used < piece.byteCount, held.count <= limits.headBytes {
            unsafe held.append(piece.unsafeLoad(fromByteOffset: used, as: UInt8.self))
            used += 1
            if held.last == 10, held.suffix(end.count) == end[...] { break }
        }
        return used
    }

    private mutating func pass(_ count: Int) throws(MultipartFault) {
        idleBytes += count
        guard idleBytes <= limits.headBytes else { throw MultipartFault("The form has too much outside its parts.") }
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix((bytes.lastIndex { $0 != 32 && $0 != 9 } ?? -1) + 1))
    }

    /// How many of the piece's first bytes are the delimiter's next ones.
    private static func agreement(_ piece: RawSpan, _ delimiter: [UInt8], from start: Int) -> Int {
        let most = min(piece.byteCount, delimiter.count - start)
        return (0..<most).first { unsafe piece.unsafeLoad(fromByteOffset: $0, as: UInt8.self) != delimiter[start + $0] } ?? most
    }

    /// Where the delimiter begins, or as much of it as the piece still holds; the piece's end where it does not.
    private static func delimiterStart(in piece: RawSpan, _ delimiter: [UInt8]) -> Int {
        unsafe piece.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            var start = 0
            while let found = unsafe memchr(base + start, 13, bytes.count - start) {
                start = unsafe UnsafeRawPointer(found) - base
                let length = min(bytes.count - start, delimiter.count)
                if unsafe memcmp(base + start, delimiter, length) == 0 { return start }
                start += 1
            }
            return bytes.count
        }
    }
}
