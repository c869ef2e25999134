"""Shuts this process in before it looks at a stranger's file: it can compute and answer, no more.

Three things hold it, each of which would do alone where the others are not to be had:

- limits that the system keeps: memory, processor time, bytes written, open files, processes;
- namespaces of its own: no network, and an empty folder as the root of all files;
- a filter of system calls: but for memory, and reading and writing what is open already, the
  system answers that it is not permitted.

Not every system allows the last two. `soptui doctor` tells by trying (`readers.probe`), and files
are read all the same: what is left of the door is narrow, for nothing is inherited that leads on.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable

MOST_MEMORY = 1 << 30
"""Bytes of memory of all kinds, the program itself included."""
MOST_SECONDS = 15
"""Seconds of processor time, after which the process is ended."""
MOST_OUTPUT = 4 << 20
"""Bytes that can be written to a file, of which the answer is one."""

_NEW_NAMESPACES = 0x10000000 | 0x40000000 | 0x08000000 | 0x04000000  # user, network, IPC, host name
_CAPABILITIES_VERSION_3 = 0x20080522
_NO_NEW_PRIVILEGES = 38
_REFUSE = 0x00050001  # SCMP_ACT_ERRNO(EPERM)
_ALLOW = 0x7FFF0000  # SCMP_ACT_ALLOW
_ALLOWED = (
    # what is open already
    "read", "readv", "pread64", "write", "writev", "lseek", "close",
    # memory
    "brk", "mmap", "mmap2", "mprotect", "mremap", "munmap", "madvise", "futex", "sched_yield",
    # time, chance, and the end
    "clock_gettime", "clock_gettime64", "gettimeofday", "time", "getrandom", "getpid", "gettid",
    "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sigaltstack", "restart_syscall", "rseq",
    "exit", "exit_group",
)  # fmt: skip


def limit() -> None:
    """Bound what this process may take, from its first line on."""
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, MOST_OUTPUT),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    # Whoever does nothing uses no processor time, and soptui may be gone.
    signal.alarm(2 * MOST_SECONDS)


def shut_in() -> None:
    """Give up everything but computing and the files that are open; nothing can be loaded after."""
    refuse_calls = system_call_filter()  # its library is a file too
    leave_namespaces()
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    refuse_calls()


def leave_namespaces() -> bool:
    """Have no network, and the current folder for a root; whether the system allows that."""
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        if libc.unshare(_NEW_NAMESPACES) != 0:
            return False
        os.chroot(".")
        os.chdir("/")
        header = (ctypes.c_uint32 * 2)(_CAPABILITIES_VERSION_3, 0)
        return bool(
            libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
            and libc.capset(header, (ctypes.c_uint32 * 6)()) == 0
        )
    except (AttributeError, OSError):
        return False


def system_call_filter() -> Callable[[], bool]:
    """What lets the system refuse all calls but a few; it says whether the system can do that."""
    try:
        library = ctypes.CDLL("libseccomp.so.2")
        library.seccomp_init.restype = ctypes.c_void_p
        rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(_REFUSE)))
        for name in _ALLOWED:
            number = library.seccomp_syscall_resolve_name(name.encode())
            if number >= 0:
                library.seccomp_rule_add_array(rules, ctypes.c_uint32(_ALLOW), number, 0, None)
    except (AttributeError, OSError):
        return lambda: False
    return lambda: bool(library.seccomp_load(rules) == 0)
