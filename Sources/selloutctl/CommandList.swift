/// All commands, in the order in which help lists them.
enum CommandList {
    static let all =
        StatusCommand.all + BatchCommands.all + StepCommands.all + SalesCommand.all + ProductCommands.all + ResellerCommands.all
        + ProfileCommands.all + ReferenceCommands.all + FileCommands.all + AuditCommand.all
}
