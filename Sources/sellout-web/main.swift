import Calling
import Dispatch
import Foundation
import Glibc

/// Standard error, one line.
func complain(_ text: String) { FileHandle.standardError.write(Data("sellout-web: \(text)\n".utf8)) }

let options: Options
do {
    let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), of: Options.program)
    if arguments.has("help") {
        print(Options.program.help())
        exit(0)
    }
    if arguments.has("version") {
        print(Options.program.versionLine)
        exit(0)
    }
    options = Options(arguments)
} catch {
    complain("\(error.sentence)\n\(Options.program.help())")
    exit(2)
}

func on(_ number: Int32, _ body: @escaping @Sendable @MainActor () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(body) }
    source.activate()
    return source
}

var house: Service?
let stop: @Sendable @MainActor () -> Void = {
    house?.stop()
    exit(0)
}
signal(SIGPIPE, SIG_IGN)
let signals = [on(SIGTERM, stop), on(SIGINT, stop)]

DispatchQueue.main.async {
    let configuration: Configuration
    do {
        configuration = try Configuration(options, environment: ProcessInfo.processInfo.environment)
    } catch {
        // Starting again would change nothing: the service manager is not to try.
        complain("\(error)")
        exit(2)
    }
    do {
        house = try Service(configuration)
    } catch {
        complain("\(error)")
        exit(1)
    }
}
withExtendedLifetime(signals) { dispatchMain() }
