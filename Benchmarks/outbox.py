"""Waiting for reports without disturbing what is measured: the kernel wakes us, nothing is polled."""

import ctypes
import os
import select
import struct
import time

LIBC = ctypes.CDLL(None, use_errno=True)
IN_MOVED_TO = 0x80


class Outbox:
    def __init__(self, folder):
        self.folder = folder
        self.descriptor = LIBC.inotify_init1(os.O_CLOEXEC | os.O_NONBLOCK)
        if self.descriptor < 0 or LIBC.inotify_add_watch(self.descriptor, os.fsencode(folder), IN_MOVED_TO) < 0:
            raise OSError(ctypes.get_errno(), "inotify", str(folder))

    def wait(self, names, patience=600):
        """The moment at which the last of these files had its report; the reports' paths by name."""
        missing, reports, ended = set(names), {}, time.perf_counter()
        until = ended + patience
        while missing:
            if not select.select([self.descriptor], [], [], max(0, until - time.perf_counter()))[0]:
                raise SystemExit(f"no report on {sorted(missing)[:3]} in {self.folder} after {patience} s")
            data = os.read(self.descriptor, 1 << 20)
            ended = time.perf_counter()
            while data:
                size = 16 + struct.unpack_from("I", data, 12)[0]
                report = os.fsdecode(data[16:size].rstrip(b"\0"))
                data = data[size:]
                # NAME.xxxxxxxx.json
                if report.endswith(".json") and report[:-14] in missing:
                    missing.remove(report[:-14])
                    reports[report[:-14]] = self.folder / report
        return ended, reports

    def close(self):
        os.close(self.descriptor)
