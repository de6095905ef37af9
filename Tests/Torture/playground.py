"""A root and profiles in a folder of their own, the daemon that works there, and the operators' command."""
import os
import signal
import subprocess
import sys
import time

from drops import RESELLERS, profile


class Playground:
    def __init__(self, programs, folder):
        self.programs, self.folder = os.path.abspath(programs), folder
        self.root, self.profiles = os.path.join(folder, "root"), os.path.join(folder, "profiles")
        self.command = [os.path.join(self.programs, "selloutctl"), "--root", self.root, "--profiles", self.profiles]
        self.daemon = None
        self.journal = open(os.path.join(folder, "journal"), "wb")

    def lay(self):
        os.makedirs(self.profiles)
        for reseller in RESELLERS:
            self.add(reseller, profile(reseller))
        for folder in ("inbox", "outbox"):
            os.makedirs(os.path.join(self.root, "operations", folder))

    def add(self, reseller, profile):
        os.makedirs(os.path.join(self.root, reseller, "inbox", "replace"))
        os.makedirs(os.path.join(self.root, reseller, "outbox"))
        with open(os.path.join(self.profiles, reseller + ".json5"), "w") as file:
            file.write(profile)

    def ctl(self, *arguments):
        return subprocess.run([*self.command, *arguments], check=True, capture_output=True, text=True).stdout

    def start(self):
        self.daemon = subprocess.Popen(
            [os.path.join(self.programs, "selloutd"), "--root", self.root, "--profiles", self.profiles, "--settle", "0.2", "--listen", "off"],
            stdin=subprocess.DEVNULL, stdout=self.journal, stderr=self.journal, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})

    def runs(self):
        return self.daemon is not None and self.daemon.poll() is None

    def waits(self):
        """Whether a file lies in an inbox, among the uploads or in the spool."""
        places = [os.path.join(self.root, home, "inbox") for home in os.listdir(self.root)]
        places += [os.path.join(self.root, ".uploads", "handed"), os.path.join(self.root, ".spool")]
        return any(names or ".spool" in folder and folders for place in places for folder, folders, names in os.walk(place))

    def rest(self, limit=300):
        """Waits until nothing waits any more, or the limit is over."""
        deadline = time.monotonic() + limit
        while self.waits() and self.runs() and time.monotonic() < deadline:
            time.sleep(0.1)

    def stop(self):
        if self.runs():
            self.daemon.send_signal(signal.SIGTERM)
        if self.daemon.wait(60) != 0:
            sys.exit(f"the daemon ended with {self.daemon.returncode}:\n{self.tail()}")

    def said(self):
        """All that the daemons have written to their journal."""
        with open(self.journal.name, errors="replace") as file:
            return file.read()

    def tail(self):
        return "\n".join(self.said().splitlines()[-40:])

    def end(self):
        if self.runs():
            self.daemon.kill()
            self.daemon.wait()
        self.journal.close()
