import Foundation
import Frames
import Sellout
import Settings

/// The folder of profiles, one JSON5 file for each reseller, as it stands now.
package struct ProfileFolder: Sendable {
    package private(set) var profiles: [Profile] = []
    /// The files of the profiles that read, as the reader process gets them.
    package private(set) var sources: [ProfileSource] = []
    /// A profile with a mistake is left out, and the others serve.
    package private(set) var faults: [SettingsFault] = []

    package init(path: String) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json5") }.sorted()
        } catch {
            faults = [
                SettingsFault(
                    file: path, path: "", expected: "cannot be read as a folder; expected the resellers' profiles (*.json5) there")
            ]
            return
        }
        if names.isEmpty { faults = [SettingsFault(file: path, path: "", expected: "holds no profile (*.json5)")] }
        var owners: [String: String] = [:]
        for name in names {
            let file = "\(path)/\(name)"
            guard let content = FileManager.default.contents(atPath: file) else {
                faults.append(SettingsFault(file: file, path: "", expected: "cannot be read"))
                continue
            }
            do {
                let source = ProfileSource(file: name, json5: Array(content))
                let profile = try Profile.read(source.json5, file: file)
                if let owner = owners[profile.reseller] {
                    faults.append(
                        SettingsFault(file: file, path: "reseller", expected: "\"\(profile.reseller)\" is the reseller of \(owner) already")
                    )
                    continue
                }
                owners[profile.reseller] = file
                profiles.append(profile)
                sources.append(source)
            } catch {
                faults += error.all
            }
        }
    }
}
