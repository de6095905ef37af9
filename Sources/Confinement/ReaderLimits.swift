/// What one reader process may use.
package enum ReaderLimits {
    /// Bytes of address space: the program, its texts and its buffers.
    package static let memory = 512 << 20
    /// Seconds of CPU; the daemon's own time limit comes first for a reader that sleeps.
    package static let cpuSeconds = 1800
}
