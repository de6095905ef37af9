import CLinux
import Glibc

/// How another program is started: nothing of ours becomes its own but what is given here, and no shell has a part in it.
package struct ChildStart {
    package let executable: String
    /// Behind the program's own name.
    package var arguments: [String] = []
    /// `NAME=VALUE`.
    package var environment: [String] = []
    /// Our descriptors, each with the number that it has there.
    package var given: [(descriptor: Descriptor, number: Int32)] = []
    /// Numbers under which what is written goes nowhere.
    package var silent: [Int32] = []

    package init(_ executable: String) { self.executable = executable }

    /// The process leads a group of its own: what it starts itself can be ended with it, and a terminal's Ctrl-C means us alone.
    package func spawn() throws(SystemFault) -> pid_t {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        for (descriptor, number) in given { unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.number, number) }
        for number in silent { unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0) }
        unsafe linux_spawn_closing_from(&actions, ((given.map(\.number) + silent).max() ?? STDERR_FILENO) + 1)
        // What this program ignores or blocks is not another's to inherit.
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP))
        var pid: pid_t = 0
        var words: [UnsafeMutablePointer<CChar>?] = unsafe ([executable] + arguments).map { unsafe strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + settings).forEach { unsafe free($0) } }
        let result = unsafe posix_spawn(&pid, executable, &actions, &attributes, &words, &settings)
        guard result == 0 else { throw SystemFault("start", path: executable, errno: result) }
        return pid
    }
}
