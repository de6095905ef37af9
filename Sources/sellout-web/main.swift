import Calling
import Dispatch
import Foundation
import Glibc

let options = Options.program.start(Array(CommandLine.arguments.dropFirst())) { arguments throws(UsageError) in Options(arguments) }

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
        Options.program.complain("\(error)")
        exit(2)
    }
    do {
        house = try Service(configuration)
    } catch {
        Options.program.complain("\(error)")
        exit(1)
    }
}
withExtendedLifetime(signals) { dispatchMain() }
