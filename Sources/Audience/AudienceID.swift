import Batches

/// What a batch of records is known by: `upl_1761984000_k3p9x0c2m4qd`.
package enum AudienceID {
    private static let letters = Array("0123456789abcdefghijklmnopqrstuvwxyz".utf8)

    package static func upload(at moment: Timestamp) -> String { make("upl", at: moment, length: 12) }
    package static func session(at moment: Timestamp) -> String { make("sess", at: moment, length: 24) }

    private static func make(_ kind: String, at moment: Timestamp, length: Int) -> String {
        // The system's generator: nobody guesses another's.
        let random = (0..<length).map { _ in letters[Int.random(in: 0..<letters.count)] }
        return "\(kind)_\(max(0, moment.milliseconds / 1000))_\(String(decoding: random, as: UTF8.self))"
    }

    /// Whether a text could be the id of an upload.
    package static func isUpload(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 64, parts.count == 3, parts[0].elementsEqual("upl".utf8) else { return false }
        return parts[1...].allSatisfy { part in !part.isEmpty && part.allSatisfy(isLetterOrDigit) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 || (byte | 0x20) &- 97 < 26 }
}
