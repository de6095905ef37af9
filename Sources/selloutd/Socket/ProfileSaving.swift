import Glibc
import Linux
import Sellout
import Settings
import Texts
import Web

/// Puts a profile that somebody has drafted into the folder of profiles: whole or not at all, and never in another's place.
struct ProfileSaving: Sendable {
    static let longestProfile = 256 << 10

    let folder: String
    /// Called once it lies there.
    let saved: @Sendable (_ reseller: String, _ actor: String) -> Void

    /// `POST /profiles?by=WHO` with the profile as its body.
    func save(_ request: Request) -> Response {
        let reseller: String
        do { reseller = try Profile.read(request.body, file: "draft").reseller } catch {
            let faults = error.all.prefix(50).map { fault -> JSONValue in ["path": .text(fault.path), "expected": .text(fault.expected)] }
            return .json(["faults": .array(Array(faults))], status: 422)
        }
        guard Self.isName(reseller) else {
            return .refusal(422, "\(Printable.line(reseller)) can be no reseller's name: use small letters, digits and _.")
        }
        do throws(SystemFault) { try write(request.body, as: reseller) } catch {
            switch error.errno {
            case EEXIST: return .refusal(409, "There is a profile of \(reseller) already. Change its file, or choose another name.")
            case EACCES, EROFS, EPERM:
                return .refusal(503, "The folder of profiles, \(folder), is not the daemon's to write. Put the profile there yourself.")
            default: return .refusal(503, error.description)
            }
        }
        saved(reseller, Printable.line(request.asked("by") ?? "somebody"))
        return .json(["reseller": .text(reseller)])
    }

    private func write(_ bytes: [UInt8], as reseller: String) throws(SystemFault) {
        let place = try Descriptor(opening: folder, flags: O_RDONLY | O_DIRECTORY)
        let aside = "\(folder)/.\(reseller).\(UInt64.random(in: .min ... .max)).new"
        let file = try Descriptor(opening: aside, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o640)
        defer { _ = unsafe unlink(aside) }
        try file.write(bytes, path: aside)
        try file.sync(path: aside)
        // A link takes nobody's place.
        let path = "\(folder)/\(reseller).json5"
        guard unsafe link(aside, path) == 0 else { throw SystemFault("link", path: path) }
        try place.sync(path: folder)
    }

    /// What a folder below the root may be called, and none that means something else there.
    private static func isName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && !Profile.othersFolders.contains(text)
            && text.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "_")
            }
    }
}
