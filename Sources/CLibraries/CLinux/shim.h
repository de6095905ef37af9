#pragma once
// What Swift's Glibc overlay cannot import: variadic calls, macros, and names behind _GNU_SOURCE.
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

// The headers show these only under _GNU_SOURCE; defining it here would make them differ from those of Swift's Glibc module.
#ifndef F_SETLEASE
#define F_SETLEASE 1024
#define F_GETLEASE 1025
#endif
#ifndef O_TMPFILE
#define O_TMPFILE (020000000 | O_DIRECTORY)
#endif
#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE (1 << 0)
extern int renameat2(int, const char *, int, const char *, unsigned int);
#endif

extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *, int);

static inline int linux_spawn_closing_from(posix_spawn_file_actions_t *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

static inline int linux_set_lease(int descriptor, int kind) { return fcntl(descriptor, F_SETLEASE, kind); }
static inline int linux_get_lease(int descriptor) { return fcntl(descriptor, F_GETLEASE); }

static inline int linux_rename_exclusively(int fromFolder, const char *from, int toFolder, const char *to) {
    return renameat2(fromFolder, from, toFolder, to, RENAME_NOREPLACE);
}

// SYNC_FILE_RANGE_WRITE of the whole file (sync_file_range(2)).
static inline void linux_start_writing(int descriptor) { syscall(SYS_sync_file_range, descriptor, 0, 0, 2); }

// The magic number of statfs(2), 0 where it cannot be had.
static inline unsigned int linux_file_system_kind(int descriptor) {
    struct statfs found;
    return fstatfs(descriptor, &found) == 0 ? (unsigned int)found.f_type : 0;
}

static inline int linux_openat(int folder, const char *name, int flags, mode_t mode) { return openat(folder, name, flags, mode); }

static inline int linux_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }
// Whoever holds the other end of this socket takes our whole process group with it, busy or stopped as its members may be. The
// kernel's own way, PR_SET_PDEATHSIG, means the thread that started us, and the daemon's threads come and go. Nothing is ever
// sent through the socket: O_ASYNC would announce that too.
#ifndef F_SETSIG
#define F_SETSIG 10
#endif
static inline int linux_die_with_other_end(int socket) {
    return fcntl(socket, F_SETOWN, -getpgrp()) == 0 && fcntl(socket, F_SETSIG, SIGKILL) == 0 ? fcntl(socket, F_SETFL, O_ASYNC) : -1;
}
// A copy of this process, as a child of its parent: that one can then wait for it. For processes of a single thread alone, since
// the C library hears nothing of it.
static inline pid_t linux_fork_for_parent(void) { return (pid_t)syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0); }

// A descriptor that means one process for good, whoever bears its number later (pidfd_open(2)).
static inline int linux_open_process(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }
static inline int linux_kill_process(int descriptor) { return (int)syscall(SYS_pidfd_send_signal, descriptor, SIGKILL, NULL, 0); }

// `instructions` is a program of the Berkeley Packet Filter as libseccomp exports it.
static inline int linux_filter_calls(const void *instructions, unsigned short count) {
    struct sock_fprog program = {count, (struct sock_filter *)instructions};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

// Whether this process sent the signal to itself, or the kernel did for a fault of its (sigaction(2)).
static inline int linux_is_own_fault(const siginfo_t *told) { return told->si_code > 0 || told->si_pid == getpid(); }
static inline int linux_limit(int resource, unsigned long long value) {
    // setrlimit(2): at the soft limit for CPU comes SIGXCPU, at the hard one SIGKILL.
    struct rlimit limit = {value, resource == RLIMIT_CPU ? value + 5 : value};
    return setrlimit((__rlimit_resource_t)resource, &limit);
}

// Sends bytes and, when `descriptor` is not negative, that descriptor with them (SCM_RIGHTS, unix(7)).
static inline ssize_t linux_send_with_descriptor(int socket, const void *bytes, size_t count, int descriptor) {
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = {(void *)bytes, count};
    struct msghdr message = {0};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (descriptor >= 0) {
        memset(control, 0, sizeof control);
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        struct cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

// Receives bytes and at most one descriptor; `*descriptor` is -1 where none came.
static inline ssize_t linux_receive_with_descriptor(int socket, void *bytes, size_t count, int *descriptor) {
    char control[CMSG_SPACE(sizeof(int))];
    struct iovec part = {bytes, count};
    struct msghdr message = {0};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    *descriptor = -1;
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (received < 0) return received;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header))
        if (header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS && header->cmsg_len == CMSG_LEN(sizeof(int)))
            memcpy(descriptor, CMSG_DATA(header), sizeof(int));
    return received;
}

// A macro of two flags, which Swift does not import.
static inline int linux_open_unnamed(const char *folder) { return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600); }
