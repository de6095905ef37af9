"""The two that are compared, each over a fresh root of its own: Sellout's daemon, and the Python script beside it."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import content
from outbox import Outbox

HERE = Path(__file__).resolve().parent


class Worker:
    """Started on entering, over a fresh root; asked to end on leaving."""

    roots = 0

    def __init__(self, place):
        self.place = Path(place)
        self.products = self.place / "products.csv"
        self.boxes = {}

    def __enter__(self):
        Worker.roots += 1
        self.root = self.place / f"{self.name}-{Worker.roots}"
        self.root.mkdir(parents=True)
        content.write_products(self.products)
        self.start()
        # The warm nursery, the observer's thread: whoever starts has come to rest.
        time.sleep(0.4)
        return self

    def __exit__(self, *_):
        for box in self.boxes.values():
            box.close()
        self.process.terminate()
        self.process.wait(60)
        # Only what is large: ext4 without a journal makes files slowly for seconds after many were removed.
        for file in self.root.rglob("*"):
            if file.is_file() and file.stat().st_size > 1 << 20:
                file.unlink()

    def drop(self, *files, to="boxnox"):
        """Renames the files into the inbox, and waits for their reports: the seconds and the reports."""
        inbox, outbox = self.folders(to)
        if outbox not in self.boxes:
            self.boxes[outbox] = Outbox(outbox)
        began = time.perf_counter()
        for file in files:
            os.rename(file, inbox / file.name)
        ended, reports = self.boxes[outbox].wait(file.name for file in files)
        return ended - began, [json.loads(reports[file.name].read_bytes()) for file in files]


class Sellout(Worker):
    name = "sellout"

    def __init__(self, place, programs, profiles):
        super().__init__(place)
        self.programs, self.profiles = Path(programs), Path(profiles)

    def start(self):
        for reseller in ("boxnox", "skins_sa"):
            (self.root / reseller / "inbox" / "replace").mkdir(parents=True)
            (self.root / reseller / "outbox").mkdir()
        for name in ("inbox", "outbox"):
            (self.root / "reference" / name).mkdir(parents=True)
        shared = ["--root", self.root, "--profiles", self.profiles]
        subprocess.run([self.programs / "selloutctl", *shared, "import", "products", self.products], check=True, stdout=subprocess.DEVNULL)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(str(self.place / "notify"))
            notices.settimeout(60)
            try:
                with open(self.place / "selloutd.log", "ab") as log:
                    self.process = subprocess.Popen(
                        [self.programs / "selloutd", *shared, "--settle", "0", "--listen", "off"], stdout=log, stderr=log,
                        env=os.environ | {"NOTIFY_SOCKET": str(self.place / "notify")})
                while b"READY=1" not in notices.recv(4096):
                    pass
            finally:
                os.unlink(self.place / "notify")

    def folders(self, reseller):
        return self.root / reseller / "inbox", self.root / reseller / "outbox"


class Rival(Worker):
    name = "rival"

    def start(self):
        self.process = subprocess.Popen([sys.executable, HERE / "rival.py", self.root, self.products], stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit("the Python script did not start")

    def folders(self, _):
        return self.root / "inbox", self.root / "outbox"


class Peak:
    """The peak memory (VmHWM) of a process and of its children while it looks. Used in runs of its own, never in a timed one."""

    def __init__(self, process):
        self.pid, self.own, self.children, self.over = process.pid, 0, {}, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()

    def look(self):
        while not self.over.wait(0.003):
            self.own = self.high_water(self.pid) or self.own
            try:
                children = Path(f"/proc/{self.pid}/task").iterdir()
                pids = {int(pid) for task in children for pid in (task / "children").read_text().split()}
            except OSError:
                continue
            for pid in pids:
                # The last word of each counts: right after a fork it is still its parent's.
                self.children[pid] = self.high_water(pid) or self.children.get(pid, 0)

    @staticmethod
    def high_water(pid):
        try:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    return int(line.split()[1])
        except OSError:
            pass
        return None

    @property
    def together(self):
        """The daemon and the one reader at work, in MiB."""
        return (self.own + max(self.children.values(), default=0)) / 1024
