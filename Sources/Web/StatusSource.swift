/// Where the status routes take their answers from. Filled by the wiring; every call is made on the server's only thread
/// and returns what is known already, without waiting for another part: the server must answer while a part is stuck.
package protocol StatusSource: Sendable {
    /// The parts of the daemon, and whether each has answered lately.
    func parts() -> [PartState]
    /// Why no work is taken now, one sentence each; empty where all is well.
    func reasonsAgainstReadiness() -> [String]
    func statusPage() -> StatusPage
}
