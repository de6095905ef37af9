import Foundation

/// Text made comparable: NFC, trimmed, case folded, runs of white space (also no-break) as one blank.
public enum Folded {
    public static func text(_ text: String) -> String {
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
