"""How the two programs feel while something is done to them: the time that /healthz takes, the pace of files, and memory."""
import statistics
import threading
import time

import trades
from asking import Caller, Unanswerable


class Pulse:
    """Asks both /healthz all the time, and lets a file through now and then."""

    def __init__(self, world):
        self.world, self.over = world, threading.Event()
        self.beats, self.files, self.faults = {"sellout-web": [], "selloutd": []}, [], []
        self.threads = [threading.Thread(target=self.beat, args=("sellout-web", world.port)),
                        threading.Thread(target=self.beat, args=("selloutd", world.daemon_port)), threading.Thread(target=self.feed)]

    def __enter__(self):
        [thread.start() for thread in self.threads]
        self.since = time.monotonic()
        return self

    def __exit__(self, *_):
        self.took = time.monotonic() - self.since
        self.over.set()
        [thread.join() for thread in self.threads]

    def beat(self, name, port):
        caller = Caller(("127.0.0.1", port), source="127.0.0.50")
        while not self.over.is_set():
            since = time.monotonic()
            try:
                answer = caller.get("/healthz", timeout=10)
                if answer.status != 200:
                    self.faults.append(f"{name}: /healthz {answer.status}")
            except Unanswerable as fault:
                self.faults.append(f"{name}: {fault}")
            self.beats[name].append(time.monotonic() - since)
            self.over.wait(0.05)

    def feed(self):
        """A file through a folder, from drop to end, in seconds; the daemon's own work must go on whatever the HTTP side suffers."""
        while not self.over.is_set():
            since = time.monotonic()
            try:
                self.world.dropped(trades.table_file("birch", ending="csv"), "birch", limit=30)
                self.files.append(time.monotonic() - since)
            except Unanswerable as fault:
                self.faults.append(f"a file: {fault}")
            self.over.wait(0.2)

    def judge(self, judge, what, quiet=None):
        told = []
        for name, beats in self.beats.items():
            median, worst = statistics.median(beats), max(beats)
            told.append(f"{name} /healthz median {1000 * median:.0f} ms, worst {1000 * worst:.0f} ms")
            judge.holds(f"{name}'s /healthz during {what}", median < 1, "a median under 1 s", f"{median:.2f} s")
            judge.holds(f"{name}'s /healthz during {what}", worst < 8, "no answer after 8 s", f"{worst:.2f} s")
        judge.holds(what, not self.faults, "every /healthz and every file", self.faults[:3])
        if self.files:
            told.append(f"{len(self.files)} files, median {1000 * statistics.median(self.files):.0f} ms")
        for name, program, limit in (("sellout-web", self.world.web, 300), ("selloutd", self.world.daemon, 400)):
            if judge.holds(f"{name} after {what}", program.runs, "to run still", f"ended with {program.process.returncode}: {program.said()[-200:]}"):
                now, highest = program.memory()
                told.append(f"{name} {now:.0f} MiB (highest {highest:.0f})")
                judge.holds(f"{name} after {what}", highest < limit, f"never more than {limit} MiB", f"{highest:.0f} MiB")
        print(f"  {what}: {self.took:.1f} s; " + "; ".join(told), flush=True)
