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
    /// Resellers whose profile has a mistake now, and that go on by the last good one.
    package private(set) var goingOn: Set<String> = []
    /// Nothing could be seen of any profile.
    private var isUnseen = false
    /// Names of files with a mistake, and the resellers whose they probably are.
    private var faultyFiles: [String: Set<String>] = [:]

    package init(path: String) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".json5") }.sorted()
        } catch {
            faults = [
                SettingsFault(
                    file: path, path: "", expected: "cannot be read as a folder; expected the resellers' profiles (*.json5) there")
            ]
            isUnseen = true
            return
        }
        if names.isEmpty {
            faults = [SettingsFault(file: path, path: "", expected: "holds no profile (*.json5)")]
            isUnseen = true
        }
        var owners: [String: String] = [:]
        for name in names {
            let file = "\(path)/\(name)"
            guard let content = FileManager.default.contents(atPath: file) else {
                faults.append(SettingsFault(file: file, path: "", expected: "cannot be read"))
                faultyFiles[name] = [stem(name)]
                continue
            }
            let source = ProfileSource(file: name, json5: Array(content))
            do {
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
                // Whose it is may be readable still; otherwise a profile's file bears its reseller's name.
                let named = try? SettingsNode.read(source.json5, file: file) { $0.text("reseller") }
                faultyFiles[name] = Set([stem(name), named].compactMap { $0 })
            }
        }
    }
}

/// What becomes of resellers whose profile has a mistake.
extension ProfileFolder {
    /// Where a profile cannot be used now, the one that served last goes on. One whose file was taken away is gone.
    package func keeping(_ last: ProfileFolder) -> ProfileFolder {
        var all = self
        for (profile, source) in zip(last.profiles, last.sources) {
            let isMistaken = isUnseen || faultyFiles[source.file] != nil || mistaken.contains(profile.reseller)
            guard isMistaken, !all.profiles.contains(where: { $0.reseller == profile.reseller }) else { continue }
            all.profiles.append(profile)
            all.sources.append(source)
            all.goingOn.insert(profile.reseller)
        }
        return all
    }

    /// Whose files wait: a profile is there and cannot be used, and no earlier one serves.
    package var withheld: Withheld {
        let served = Set(profiles.map(\.reseller))
        if isUnseen { return .allBut(served) }
        return .only(mistaken.subtracting(served))
    }

    private var mistaken: Set<String> { Set(faultyFiles.values.joined()) }

    /// What becomes of whom, and what is wrong, in one text; nil where nothing is.
    package var trouble: String? {
        guard !faults.isEmpty else { return nil }
        var sentences: [String] = []
        if !goingOn.isEmpty { sentences.append("The last good profile serves \(goingOn.sorted().joined(separator: ", ")).") }
        switch withheld {
        case .only(let resellers) where resellers.isEmpty: break
        case .only(let resellers): sentences.append("Files of \(resellers.sorted().joined(separator: ", ")) wait for a good profile.")
        case .allBut(let served) where served.isEmpty: sentences.append("All files wait for good profiles.")
        case .allBut: break
        }
        return (sentences + faults.map(\.description)).joined(separator: " ")
    }
}

/// Resellers of whom nobody can say now how their files are read. These wait, and are never refused for it.
package enum Withheld: Hashable, Sendable {
    case only(Set<String>)
    case allBut(Set<String>)

    package static let nobody = Withheld.only([])

    package func contains(_ reseller: String) -> Bool {
        switch self {
        case .only(let resellers): resellers.contains(reseller)
        case .allBut(let resellers): !resellers.contains(reseller)
        }
    }
}

/// A profile's file without its ending.
private func stem(_ file: String) -> String { String(file.dropLast(".json5".count)) }
