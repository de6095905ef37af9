import Calling
import Dispatch
import Folders
import Foundation
import Glibc

let options = Options.program.start(Array(CommandLine.arguments.dropFirst())) { arguments throws(UsageError) in try Options(arguments) }

// Signals are registered before anything is watched, so that none that comes early is lost.
func on(_ number: Int32, _ body: @escaping @Sendable @MainActor () -> Void) -> any DispatchSourceSignal {
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
    source.setEventHandler { MainActor.assumeIsolated(body) }
    source.activate()
    return source
}

var daemon: Daemon?
let stop: @Sendable @MainActor () -> Void = {
    daemon?.stop()
    exit(0)
}
let signals = [on(SIGTERM, stop), on(SIGINT, stop), on(SIGHUP) { daemon?.reload() }]

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
        let started = try Daemon(configuration)
        daemon = started
        try started.start()
    } catch {
        Options.program.complain("\(error)")
        exit(1)
    }
}
withExtendedLifetime(signals) { dispatchMain() }
