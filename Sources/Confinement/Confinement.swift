import CLinux
import CSeccomp
import Glibc
import Linux

/// The reader's own cage: no new privileges, limits on memory and CPU time, and a list of the few system calls it needs.
/// Everything it must open is open by then.
package enum Confinement {
    /// Reading, writing, memory, time, and the means to die. Nothing here opens, connects, starts or signals anything else.
    private static let allowed = [
        "read", "pread64", "write", "lseek", "fstat", "close", "recvmsg", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "futex",
        "clock_gettime", "clock_nanosleep", "gettimeofday", "getrandom", "sched_yield", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
        "sigaltstack", "gettid", "getpid", "tgkill", "exit", "exit_group", "restart_syscall", "sysinfo", "membarrier",
    ]

    package static func enter() throws(SystemFault) {
        guard linux_no_new_privileges() == 0 else { throw SystemFault("prctl(PR_SET_NO_NEW_PRIVS)") }
        try limit(RLIMIT_AS, ReaderLimits.memory)
        try limit(RLIMIT_CPU, ReaderLimits.cpuSeconds)
        try limit(RLIMIT_CORE, 0)
        try limit(RLIMIT_FSIZE, 0)
        try filter()
    }

    private static func limit(_ resource: __rlimit_resource, _ value: Int) throws(SystemFault) {
        guard linux_limit(Int32(resource.rawValue), UInt64(value)) == 0 else { throw SystemFault("setrlimit") }
    }

    private static func filter() throws(SystemFault) {
        // SCMP_ACT_KILL_PROCESS, SCMP_ACT_ALLOW and SCMP_ACT_ERRNO(EACCES), which are macros. Whoever tries anything that is
        // not listed is no reader any more.
        let (kill, allow, refuse): (UInt32, UInt32, UInt32) = (0x8000_0000, 0x7fff_0000, 0x0005_0000 | UInt32(EACCES))
        guard let filter = unsafe seccomp_init(kill) else { throw SystemFault("seccomp_init", errno: ENOMEM) }
        defer { unsafe seccomp_release(filter) }
        func rule(_ action: UInt32, _ name: String, when conditions: [scmp_arg_cmp] = []) throws(SystemFault) {
            let number = unsafe seccomp_syscall_resolve_name(name)
            // A call that this architecture does not have cannot be made.
            guard number >= 0 else { return }
            let result = unsafe seccomp_rule_add_array(filter, action, number, UInt32(conditions.count), conditions)
            guard result == 0 else { throw SystemFault("seccomp_rule_add", path: name, errno: -result) }
        }
        for name in allowed { try rule(allow, name) }
        // The C library looks for settings of the machine in files, and does without them where it may not.
        for name in ["open", "openat"] { try rule(refuse, name) }
        // For `ReaderPost.expectNoMoreOrders`.
        try rule(allow, "fcntl", when: [scmp_arg_cmp(arg: 1, op: SCMP_CMP_EQ, datum_a: UInt64(F_SETFL), datum_b: 0)])
        // It asks for a descriptor's status by newfstatat with an empty path; by name that stays forbidden.
        try rule(allow, "newfstatat", when: [scmp_arg_cmp(arg: 3, op: SCMP_CMP_EQ, datum_a: emptyPath, datum_b: 0)])
        let result = unsafe seccomp_load(filter)
        guard result == 0 else { throw SystemFault("seccomp_load", errno: -result) }
    }

    /// AT_EMPTY_PATH, which <fcntl.h> shows only under _GNU_SOURCE.
    private static let emptyPath: UInt64 = 0x1000
}
