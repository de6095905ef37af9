import Foundation

/// Text made comparable: NFC, trimmed, case folded, runs of white space (also no-break) as one blank.
package enum Folded {
    package static func text(_ text: String) -> String {
        ascii(text) ?? any(text)
    }

    /// Most headers and names, at a fraction of the price; nil where a character is beyond ASCII.
    private static func ascii(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var gap = false
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            if byte == 32 || (9...13).contains(byte) {
                gap = !bytes.isEmpty
            } else {
                if gap { bytes.append(32) }
                gap = false
                bytes.append((65...90).contains(byte) ? byte + 32 : byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func any(_ text: String) -> String {
        var folded = ""
        folded.reserveCapacity(text.utf8.count)
        var gap = false
        for scalar in text.precomposedStringWithCanonicalMapping.lowercased().unicodeScalars {
            if scalar.properties.isWhitespace || scalar == "\u{FEFF}" {
                gap = !folded.isEmpty
            } else {
                if gap { folded.append(" ") }
                gap = false
                folded.unicodeScalars.append(scalar)
            }
        }
        return folded
    }
}
