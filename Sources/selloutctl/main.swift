import Foundation
import Glibc

let shell = Shell(
    commands: CommandList.all, wiring: .connected, environment: ProcessInfo.processInfo.environment, output: Output(),
    complaints: Output(descriptor: STDERR_FILENO))
exit(shell.run(Array(CommandLine.arguments.dropFirst())))
