#if DEBUG
    import Confinement
    import Glibc

    /// For the tests: what a reader that has been taken over would try. Debug builds only.
    enum Escape: String {
        case file, socket, process, kill, signal, memory

        /// Enters the cage, tries, and exits with 0 where it succeeded, with 1 where it was refused.
        func attempt() -> Never {
            do { try Cage().shut() } catch { exit(9) }
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
            // Like abort(3) by tgkill(2), which would reach any process of this user.
            case .signal: return pthread_kill(pthread_self(), 0) == 0
            case .memory: return unsafe malloc(4 << 30) != nil
            }
        }
    }

    /// For the tests: how a reader may go wrong with a file. The first profile's file bears its name. Debug builds only.
    enum Misdeed: String {
        case babble, die, greed, hang

        init?(named name: String?) {
            guard let name else { return nil }
            self.init(rawValue: name)
        }

        func commit() {
            switch self {
            case .babble: _ = unsafe write(STDIN_FILENO, [UInt8](repeating: 0xff, count: 64), 64)
            case .die: exit(3)
            case .greed:
                let size = 400 << 20
                guard let block = unsafe malloc(size) else { return }
                unsafe memset(block, 1, size)
                abort()
            case .hang: while true { sleep(1000) }
            }
        }
    }
#endif
