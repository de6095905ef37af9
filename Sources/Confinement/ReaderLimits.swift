/// What one reader process may use.
public enum ReaderLimits {
    /// Bytes of address space: the program, its texts and its buffers.
    public static let memory = 512 << 20
    /// Seconds of CPU; the daemon's own time limit comes first for a reader that sleeps.
    public static let cpuSeconds = 1800
}
