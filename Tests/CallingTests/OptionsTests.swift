import Calling
import Foundation
import Testing

@testable import selloutd

/// The daemon's command line.
@Suite struct OptionsTests {
    private func options(_ words: String...) throws -> Options { try Options(try Arguments(words, of: Options.program)) }

    @Test func `what is not given is left to the configuration`() throws {
        let options = try options()
        #expect(options.config == nil && options.root == nil && options.profiles == nil && options.listen == nil && options.settle == nil)
    }

    @Test func `what is given is taken`() throws {
        let options = try options("--config", "c", "--root=r", "--profiles", "p", "--listen", "off", "--settle", "0.5")
        #expect(options.config == "c" && options.root == "r" && options.profiles == "p" && options.listen == "off")
        #expect(options.settle == .milliseconds(500))
    }

    @Test(arguments: ["-1", "3601", "nan", "inf", "two", "1e400"])
    func `a settle time out of bounds is refused`(text: String) {
        let error = #expect(throws: UsageError.self) { try options("--settle=\(text)") }
        #expect(error?.sentence == "--settle takes seconds from 0 to 3600, not \(text).")
    }

    @Test(arguments: [["--rot", "/"], ["--listen"], ["run"]])
    func `what it does not know is refused`(words: [String]) {
        #expect(throws: UsageError.self) { try Arguments(words, of: Options.program) }
    }

    @Test func `help lists every option`() {
        let help = Options.program.help()
        #expect(help.hasPrefix("usage: selloutd [--config FILE] [--root DIR] [--profiles DIR] [--listen ADDRESS:PORT|off] "))
        for name in ["--settle SECONDS", "--version", "--help"] { #expect(help.contains("\n  \(name) "), "\(name)") }
    }
}

/// Where the daemon is told what.
@Suite struct ConfigurationTests {
    private func configuration(_ words: [String], _ environment: [String: String]) throws -> Configuration {
        try Configuration(try Options(try Arguments(words, of: Options.program)), environment: environment)
    }

    @Test func `the environment says where root and profiles are, and the command line has the last word`() throws {
        let environment = ["SELLOUT_ROOT": "/data/drop", "SELLOUT_PROFILES": "/data/profiles"]
        let told = try configuration([], environment)
        #expect(told.root == "/data/drop" && told.profiles == "/data/profiles")
        let overruled = try configuration(["--root", "/r", "--profiles", "/p"], environment)
        #expect(overruled.root == "/r" && overruled.profiles == "/p")
    }

    @Test func `a configuration file comes after the environment, and an empty variable says nothing`() throws {
        let file = NSTemporaryDirectory() + UUID().uuidString + ".json5"
        try Data(#"{root: "/of/file", profiles: "/of/file/profiles"}"#.utf8).write(to: URL(fileURLWithPath: file))
        defer { try? FileManager.default.removeItem(atPath: file) }
        let told = try configuration(["--config", file], ["SELLOUT_ROOT": "/of/environment", "SELLOUT_PROFILES": ""])
        #expect(told.root == "/of/environment" && told.profiles == "/of/file/profiles")
    }

    @Test func `new resellers may upload unless the file says that they may not`() throws {
        let file = NSTemporaryDirectory() + UUID().uuidString + ".json5"
        defer { try? FileManager.default.removeItem(atPath: file) }
        for (content, expected) in [("{}", true), ("{new_resellers_may_upload: false}", false), ("{new_resellers_may_upload: true}", true)]
        {
            try Data(content.utf8).write(to: URL(fileURLWithPath: file))
            #expect(try configuration(["--config", file], [:]).newResellersMayUpload == expected)
        }
        try Data("{new_resellers_may_upload: 1}".utf8).write(to: URL(fileURLWithPath: file))
        #expect(throws: (any Error).self) { try configuration(["--config", file], [:]) }
    }

    @Test func `audience batches are kept for ever unless the file says for how many days`() throws {
        let file = NSTemporaryDirectory() + UUID().uuidString + ".json5"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let days: [(String, Duration?)] = [
            ("{}", nil), ("{audience: {}}", nil), ("{audience: {keep_days: 1}}", .seconds(86_400)),
            ("{audience: {keep_days: 36500}}", .seconds(36_500 * 86_400)),
        ]
        for (content, expected) in days {
            try Data(content.utf8).write(to: URL(fileURLWithPath: file))
            #expect(try configuration(["--config", file], [:]).keepAudience == expected, "\(content)")
        }
        for content in ["{audience: {keep_days: 0}}", "{audience: {keep_days: 36501}}", "{audience: {days: 1}}", "{audience: 90}"] {
            try Data(content.utf8).write(to: URL(fileURLWithPath: file))
            #expect(throws: (any Error).self, "\(content)") { try configuration(["--config", file], [:]) }
        }
    }
}
