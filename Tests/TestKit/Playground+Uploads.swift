import Foundation
import Glibc

/// An upload as the HTTP side hands it over, written here by hand: a folder `BATCH.MODE.SENDER` with the file and two notes.
extension Playground {
    package static let user = "0b2f4a7e-95d1-4c5a-8f0e-3a1f6f3e7c11"

    /// The batch's id.
    @discardableResult
    package func upload(
        _ content: String, as name: String, for sender: String = "boxnox", mode: String = "append", batch: String? = nil,
        at milliseconds: Int64? = nil
    ) throws -> String {
        let id = batch ?? UUID().uuidString.lowercased()
        let crate = "\(id).\(mode).\(sender)"
        for folder in ["coming", "handed"] { try makeFolder(".uploads/" + folder) }
        try makeFolder(".uploads/coming/" + crate)
        try Data(content.utf8).write(to: URL(fileURLWithPath: path(".uploads/coming/\(crate)/\(name)")))
        let time = milliseconds ?? Int64(Date().timeIntervalSince1970 * 1000)
        for (note, text) in [".origin": "\(mode) \(time) \(sender)", ".uploader": Playground.user] {
            guard unsafe symlink(text, path(".uploads/coming/\(crate)/\(note)")) == 0 else { throw POSIXError(.EIO) }
        }
        guard unsafe rename(path(".uploads/coming/" + crate), path(".uploads/handed/" + crate)) == 0 else { throw POSIXError(.EIO) }
        return id
    }
}
