/// A batch's identity and the name of its folder: a random (version 4) UUID in lower case, unique across hosts.
public struct BatchName: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// Nil unless `text` is a version 4 UUID exactly as we write them.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 36, digits[14] == UInt8(ascii: "4"), "89ab".utf8.contains(digits[19]) else { return nil }
        for (place, digit) in digits.enumerated() {
            guard Self.hyphens.contains(place) ? digit == UInt8(ascii: "-") : Self.alphabet.contains(digit) else { return nil }
        }
        self.text = text
    }

    public static func random() -> BatchName {
        var generator = SystemRandomNumberGenerator()
        return BatchName(from: &generator)
    }

    init(from generator: inout some RandomNumberGenerator) {
        let digits = (0..<36).map { place -> UInt8 in
            switch place {
            case 8, 13, 18, 23: UInt8(ascii: "-")
            case 14: UInt8(ascii: "4")
            case 19: Self.alphabet[Int.random(in: 8...11, using: &generator)]
            default: Self.alphabet[Int.random(in: 0...15, using: &generator)]
            }
        }
        text = String(decoding: digits, as: UTF8.self)
    }

    /// What stands in report names.
    public var short: String { String(text.prefix(8)) }

    public var description: String { text }

    var folderName: FileName {
        guard let name = FileName(text) else { preconditionFailure("36 digits and hyphens are a file name") }
        return name
    }

    private static let alphabet = Array("0123456789abcdef".utf8)
    private static let hyphens: Set<Int> = [8, 13, 18, 23]
}
