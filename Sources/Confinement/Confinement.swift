import CLinux
import CSeccomp
import Glibc
import Linux

/// The reader's own cage: no new privileges, limits on memory and CPU time, and a list of the few system calls it needs.
/// Everything it must open is open by then.
public enum Confinement {
    /// Reading, writing, memory, time, and the means to die. Nothing here opens, connects, starts or signals anything else.
    private static let allowed = [
        "read", "pread64", "write", "lseek", "fstat", "close", "recvmsg", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "futex",
        "clock_gettime", "clock_nanosleep", "gettimeofday", "getrandom", "sched_yield", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
        "sigaltstack", "gettid", "getpid", "tgkill", "exit", "exit_group", "restart_syscall", "fcntl", "sysinfo", "sched_getaffinity",
        "set_robust_list", "rseq", "membarrier",
    ]

    public static func enter() throws(SystemFault) {
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
        guard let filter = unsafe seccomp_init(0x8000_0000) else { throw SystemFault("seccomp_init", errno: ENOMEM) }
        defer { unsafe seccomp_release(filter) }
        let allow: UInt32 = 0x7fff_0000
        for name in allowed {
            let number = unsafe seccomp_syscall_resolve_name(name)
            // Names that this architecture does not have resolve to negative numbers.
            guard number >= 0 else { continue }
            let result = unsafe seccomp_rule_add_array(filter, allow, number, 0, nil)
            guard result == 0 else { throw SystemFault("seccomp_rule_add \(name)", errno: -result) }
        }
        // glibc asks for a descriptor's status by newfstatat with an empty path; by name it stays forbidden.
        let status = unsafe seccomp_syscall_resolve_name("newfstatat")
        var emptyPath = scmp_arg_cmp(arg: 3, op: SCMP_CMP_EQ, datum_a: UInt64(AT_EMPTY_PATH_FLAG), datum_b: 0)
        if status >= 0 {
            let result = unsafe seccomp_rule_add_array(filter, allow, status, 1, &emptyPath)
            guard result == 0 else { throw SystemFault("seccomp_rule_add newfstatat", errno: -result) }
        }
        let result = unsafe seccomp_load(filter)
        guard result == 0 else { throw SystemFault("seccomp_load", errno: -result) }
    }

    /// From <fcntl.h>, behind _GNU_SOURCE there.
    private static let AT_EMPTY_PATH_FLAG = 0x1000
}
