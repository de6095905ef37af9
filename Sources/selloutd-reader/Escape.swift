#if DEBUG
    import Confinement
    import Glibc

    /// For the tests: what a reader that has been taken over would try. Debug builds only.
    enum Escape: String {
        case file, socket, process, kill, memory

        /// Enters the cage, tries, and exits with 0 where it succeeded, with 1 where it was refused.
        func attempt() -> Never {
            do { try Confinement.enter() } catch { exit(9) }
            exit(succeeds() ? 0 : 1)
        }

        private func succeeds() -> Bool {
            switch self {
            case .file: return unsafe Glibc.open("/etc/passwd", O_RDONLY) >= 0
            case .socket: return Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0
            case .process:
                var pid: pid_t = 0
                return unsafe posix_spawn(&pid, "/bin/true", nil, nil, [nil], [nil]) == 0
            case .kill: return Glibc.kill(getppid(), 0) == 0
            case .memory: return unsafe malloc(4 << 30) != nil
            }
        }
    }
#endif
