import CLinux
import CSeccomp
import Glibc
import Linux

/// What a reader may do: no new privileges, limits on memory and CPU time, and the few system calls that reading needs. The
/// nursery prepares it once, each reader shuts it behind itself before it sees a file. All that it must open is open by then.
package struct Cage {
    /// Bytes of address space: the program, its texts and its buffers.
    package static let memory = 512 << 20
    private static let niceness: Int32 = 10
    /// Seconds of CPU; the daemon's own time limit comes first for a reader that sleeps.
    private static let cpuSeconds = 1800

    /// Reading, writing, memory, time, and an end. Nothing here opens, connects or starts anything, and no signal goes out: abort(3)
    /// tries, and dies of the try.
    private static let allowed = [
        "read", "pread64", "write", "lseek", "fstat", "close", "recvmsg", "mmap", "munmap", "mremap", "mprotect", "madvise", "brk", "futex",
        "clock_gettime", "clock_nanosleep", "gettimeofday", "getrandom", "sched_yield", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn",
        "sigaltstack", "gettid", "getpid", "exit", "exit_group", "restart_syscall", "sysinfo", "membarrier", "setitimer",
    ]

    /// The list as the kernel takes it, eight bytes an instruction.
    private let filter: [UInt8]

    /// Sets the limits, which hold for this process and for all that are forked from it.
    package init() throws(SystemFault) {
        guard linux_no_new_privileges() == 0 else { throw SystemFault("prctl(PR_SET_NO_NEW_PRIVS)") }
        try Cage.limit(RLIMIT_AS, Cage.memory)
        try Cage.limit(RLIMIT_CPU, Cage.cpuSeconds)
        try Cage.limit(RLIMIT_CORE, 0)
        try Cage.limit(RLIMIT_FSIZE, 0)
        // A file may take a moment longer; a person who looks at a page, or a reseller's program, may not wait for it.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Cage.niceness)
        filter = try Cage.makeFilter()
    }

    /// From here on whoever tries anything that is not allowed is no reader any more, and dies.
    package func shut() throws(SystemFault) {
        let result = unsafe filter.withUnsafeBytes { unsafe linux_filter_calls($0.baseAddress, UInt16(clamping: $0.count / 8)) }
        guard result == 0 else { throw SystemFault("prctl(PR_SET_SECCOMP)") }
    }

    /// Gives the next file the CPU time that its size may cost; the reader dies of `SIGPROF` where that is not enough. An honest
    /// report takes a small part of it.
    package static func allowTime(for file: Descriptor, wholeCells: Bool) {
        var status = stat()
        guard unsafe fstat(file.number, &status) == 0 else { return }
        var timer = itimerval()
        timer.it_value.tv_sec = Int(seconds(bytes: Int64(status.st_size), wholeCells: wholeCells))
        _ = unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }

    /// 2 seconds and one more for each 256 KiB, 30 at the most.
    static func seconds(bytes: Int64, wholeCells: Bool) -> Int64 {
        let seconds = min(2 + max(bytes, 0) / (256 << 10), 30) * (wholeCells ? 4 : 1)
        #if DEBUG
            return seconds * 10
        #else
            return seconds
        #endif
    }

    private static func limit(_ resource: __rlimit_resource, _ value: Int) throws(SystemFault) {
        guard linux_limit(Int32(resource.rawValue), UInt64(value)) == 0 else { throw SystemFault("setrlimit") }
    }

    private static func makeFilter() throws(SystemFault) -> [UInt8] {
        // SCMP_ACT_KILL_PROCESS, SCMP_ACT_ALLOW and SCMP_ACT_ERRNO(EACCES), which are macros.
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
        // It asks for a descriptor's status by newfstatat with an empty path; by name that stays forbidden.
        try rule(allow, "newfstatat", when: [scmp_arg_cmp(arg: 3, op: SCMP_CMP_EQ, datum_a: emptyPath, datum_b: 0)])
        return unsafe try program(of: filter)
    }

    /// libseccomp writes the program into a descriptor; a pipe's buffer holds it whole.
    private static func program(of filter: scmp_filter_ctx) throws(SystemFault) -> [UInt8] {
        var pipes: [Int32] = [-1, -1]
        guard unsafe pipe(&pipes) == 0 else { throw SystemFault("pipe") }
        let (mine, theirs) = (Descriptor(owning: pipes[0]), Descriptor(owning: pipes[1]))
        let result = unsafe seccomp_export_bpf(filter, theirs.number)
        guard result == 0 else { throw SystemFault("seccomp_export_bpf", errno: -result) }
        var program = [UInt8](repeating: 0, count: 64 << 10)
        guard let count = try mine.readAvailable(into: &program), count > 0, count % 8 == 0, count < program.count else {
            throw SystemFault("seccomp_export_bpf", errno: E2BIG)
        }
        return Array(program[..<count])
    }

    /// AT_EMPTY_PATH, which <fcntl.h> shows only under _GNU_SOURCE.
    private static let emptyPath: UInt64 = 0x1000
}
