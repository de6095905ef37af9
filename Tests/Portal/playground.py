"""A root, the reference data, the daemon and the HTTP side over it, and people of every kind."""
import contextlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import trades
from asking import Caller, Unanswerable

OVER = ("staging_complete", "completed", "partial_success", "failed", "cancelled")

# name: what `user add` is told. A word for each kind of caller.
PEOPLE = {
    "root": ["--role", "super_admin"],
    "admin": ["--role", "admin"],
    "watcher": ["--role", "admin"],
    "operator": ["--role", "operator"],
    "boxnox": ["--role", "reseller", "--reseller", "boxnox"],
    "galilu": ["--role", "reseller", "--reseller", "galilu"],
    "atlas": ["--role", "reseller", "--reseller", "atlas"],
    "birch": ["--role", "reseller", "--reseller", "birch"],
    "stranger": ["--role", "admin", "--tenant", "elsewhere"],
    "gone": ["--role", "admin"],
    "brand": ["--role", "brand_user"],
}


def email(name):
    return f"{name}@people.example"


def password(name):
    return f"tide and salt of {name}"


class Program:
    """One of the programs, its standard error kept in a file."""

    def __init__(self, words, journal, environment=None):
        self.words, self.journal, self.environment, self.process = words, journal, environment, None

    def start(self):
        self.since = os.path.getsize(self.journal) if os.path.exists(self.journal) else 0
        with open(self.journal, "ab") as journal:
            self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL, stdout=journal, stderr=journal,
                                            env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **(self.environment or {})})

    @property
    def runs(self):
        return self.process is not None and self.process.poll() is None

    def said(self):
        with open(self.journal, errors="replace") as journal:
            journal.seek(self.since)
            return journal.read()

    def signal(self, number):
        self.process.send_signal(number)

    def stop(self, limit=40):
        if self.runs:
            self.signal(signal.SIGCONT)
            self.signal(signal.SIGTERM)
        try:
            return self.process.wait(limit)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Unanswerable(f"{os.path.basename(self.words[0])} did not stop within {limit} s of SIGTERM")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def memory(self):
        """Resident and highest resident memory in MiB."""
        with open(f"/proc/{self.process.pid}/status") as status:
            told = dict(line.split(":", 1) for line in status)
        return int(told["VmRSS"].split()[0]) / 1024, int(told["VmHWM"].split()[0]) / 1024


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Playground:
    def __init__(self, programs, settings=None, daemon_settings=None, environment=None, people=PEOPLE, observer=None, folders=()):
        self.programs = os.path.abspath(programs)
        self.folder = tempfile.mkdtemp(prefix="portal-")
        self.root, self.profiles = os.path.join(self.folder, "root"), os.path.join(self.folder, "profiles")
        self.people, self.tokens, self._resellers, self.observer, self.folders = people, {}, None, observer, folders
        self.port = free_port()
        self.daemon = Program([self.program("selloutd"), *self.config("daemon", daemon_settings), "--root", self.root, "--profiles", self.profiles,
                               "--listen", f"127.0.0.1:{free_port()}", "--settle", "0"], os.path.join(self.folder, "selloutd.log"))
        self.web = Program([self.program("sellout-web"), *self.config("web", {**GENEROUS, **(settings or {})}), "--root", self.root,
                            "--profiles", self.profiles, "--listen", f"127.0.0.1:{self.port}"],
                           os.path.join(self.folder, "sellout-web.log"), environment)

    def program(self, name):
        path = os.path.join(self.programs, name)
        if not os.access(path, os.X_OK):
            sys.exit(f"{path} is not there")
        return path

    def config(self, name, settings):
        if not settings:
            return []
        path = os.path.join(self.folder, f"{name}.json5")
        with open(path, "w") as file:
            json.dump(settings, file)
        return ["--config", path]

    def __enter__(self):
        try:
            self.lay()
            self.start()
            for name in self.people:
                self.tokens[name] = self.ctl("token", email(name)).strip()
            if "gone" in self.people:
                self.switch_off("gone")
            return self
        except BaseException:
            self.end(kept=True)
            raise

    def __exit__(self, kind, fault, _):
        self.end(kept=kind is not None)

    def lay(self):
        os.makedirs(self.profiles)
        sample_profiles = os.path.join(trades.SAMPLES, "resellers")
        for name in os.listdir(sample_profiles):
            if name.endswith(".json5"):
                shutil.copy(os.path.join(sample_profiles, name), self.profiles)
        for reseller in trades.RESELLERS:
            with open(os.path.join(self.profiles, f"{reseller}.json5"), "w") as file:
                file.write(trades.profile(reseller))
        for name in os.listdir(self.profiles):
            home = os.path.join(self.root, name.removesuffix(".json5"))
            for folder in ("inbox/replace", "inbox/replace-all", "outbox"):
                os.makedirs(os.path.join(home, folder))
        for folder in ("reference/inbox", "reference/outbox", "operations/inbox", "operations/outbox", *self.folders):
            os.makedirs(os.path.join(self.root, folder))
        for kind in ("products", "prices", "mappings", "stores", "rates"):
            self.ctl("import", kind, os.path.join(trades.SAMPLES, "reference", f"{kind}.csv"))
        for name, words in self.people.items():
            self.ctl("user", "add", email(name), *words, "--password-stdin", given=password(name) + "\n")

    # The programs.

    def start(self):
        self.start_daemon()
        self.start_web()

    def start_daemon(self):
        self.daemon.start()
        self.until(lambda: self.daemon.runs and self.daemon_answers() or self.dead(self.daemon), "the daemon to answer")

    def start_web(self):
        self.web.start()
        self.until(lambda: self.answers(self.port) or self.dead(self.web), "sellout-web to answer")
        self.until(lambda: f"http://127.0.0.1:{self.port}" in self.web.said(), "sellout-web to say where it listens", 5, self.web.said)

    @property
    def daemon_port(self):
        return int(self.daemon.words[self.daemon.words.index("--listen") + 1].rsplit(":", 1)[1])

    def daemon_answers(self):
        return self.answers(self.daemon_port)

    def answers(self, port):
        try:
            return Caller(("127.0.0.1", port)).get("/healthz", timeout=5).status == 200
        except Unanswerable:
            return False

    def dead(self, program):
        if not program.runs:
            raise Unanswerable(f"{os.path.basename(program.words[0])} ended with {program.process.returncode}: {program.said()[-2000:]}")
        return False

    def end(self, kept=False):
        for program in (self.web, self.daemon):
            if program.runs:
                program.kill()
        if kept:
            for program in (self.daemon, self.web):
                if os.path.exists(program.journal):
                    print(f"--- {program.journal}\n" + "\n".join(program.said().splitlines()[-40:]), file=sys.stderr)
            print(f"everything is kept in {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def freeze(self):
        """Stops the daemon's clock where it holds no lock on the ledger; `thaw` lets it go on."""
        for _ in range(200):
            self.daemon.signal(signal.SIGSTOP)
            try:
                with self.ledger(timeout=0.2) as ledger:
                    ledger.execute("BEGIN IMMEDIATE")
                    ledger.rollback()
                return
            except sqlite3.OperationalError:
                self.thaw()
                time.sleep(0.02)
        raise Unanswerable("the daemon never lets go of the ledger")

    def thaw(self):
        self.daemon.signal(signal.SIGCONT)

    @contextlib.contextmanager
    def slowed(self):
        """The daemon gets a twentieth of its time until the given function is called: what it does can be seen on every machine."""
        free = threading.Event()
        def hold():
            while not free.wait(0.005):
                self.daemon.signal(signal.SIGSTOP)
                free.wait(0.095)
                self.thaw()
        holding = threading.Thread(target=hold, daemon=True)
        holding.start()
        try:
            yield free.set
        finally:
            free.set()
            holding.join()

    def ledger(self, timeout=20):
        """The ledger itself, for what cannot be made to happen from outside."""
        return sqlite3.connect(os.path.join(self.root, ".ledger", "ledger.db"), timeout=timeout)

    # The operators' command.

    def ctl(self, *words, given=None, may_fail=False):
        done = subprocess.run([self.program("selloutctl"), "--root", self.root, "--profiles", self.profiles, *words],
                              input=given, capture_output=True, text=True)
        if done.returncode != 0 and not may_fail:
            raise Unanswerable(f"selloutctl {' '.join(words)}: {done.returncode}, {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout

    def listing(self, *words):
        return json.loads(self.ctl(*words, "--json"))

    def switch_off(self, name):
        self.ctl("user", "off", email(name))

    # Callers and ids.

    @property
    def place(self):
        return "127.0.0.1", self.port

    def caller(self, name=None, source="127.0.0.1"):
        return Caller(self.place, self.tokens[name] if name else None, source, self.observer)

    def reseller_id(self, reseller):
        """The UUID of a reseller, by its folder's name."""
        if self._resellers is None:
            self._resellers = {record["reseller"]: record["reseller_id"] for record in self.listing("resellers")}
        return self._resellers[reseller]

    # What becomes of an upload.

    def state(self, batch):
        """A's word for it; `unknown` where A does not know it."""
        answer = self.caller("watcher", source="127.0.0.99").get(f"/api/bibbi/uploads/{batch}")
        return "unknown" if answer.status == 404 else answer.wanted(200)["status"]

    def ended(self, batch, limit=60):
        """Waits until the batch rests in a state, and names it."""
        seen = []
        def over():
            seen.append(self.state(batch))
            return seen[-1] in OVER
        self.until(over, f"batch {batch} to end", limit, lambda: seen[-1])
        return seen[-1]

    def reached(self, batch, state, limit=60):
        self.until(lambda: self.state(batch) == state, f"batch {batch} to be {state}", limit, lambda: self.state(batch))

    def uploaded(self, file, reseller="atlas", by="root"):
        """The id of an upload over A that was taken."""
        return self.caller(by).upload(file, self.reseller_id(reseller)).wanted(200)["batch_id"]

    def taken(self, file, reseller="atlas", state=None):
        """An upload over A that has come to its end."""
        batch = self.uploaded(file, reseller)
        got = self.ended(batch)
        if state and got != state:
            raise Unanswerable(f"{file.name} ended as {got}, where {state} was needed: {self.ctl('show', batch, may_fail=True)}")
        return batch

    def drop(self, file, reseller, folder="inbox"):
        """Puts a file into an inbox, as SFTP would."""
        waiting = os.path.join(self.root, reseller, ".coming")
        with open(waiting, "wb") as stream:
            stream.write(file.content)
        os.rename(waiting, os.path.join(self.root, reseller, folder, file.name))

    def dropped(self, file, reseller, limit=60):
        """A file that came through a folder, and has come to its end."""
        self.drop(file, reseller)
        found = []
        def over():
            found[:] = [batch for batch in self.listing("batches") if batch["filename"] == file.name and batch["status"] in OVER]
            return found
        self.until(over, f"{file.name} to end", limit)
        return found[0]["batch_id"]

    def until(self, happens, what, limit=60, otherwise=lambda: ""):
        deadline, pause = time.monotonic() + limit, 0.02
        while not happens():
            if time.monotonic() > deadline:
                raise Unanswerable(f"waited {limit} s for {what}; {otherwise()}")
            time.sleep(pause)
            pause = min(0.3, pause * 1.3)

    def rest(self):
        """Waits until nothing is on its way any more."""
        self.until(lambda: not self.on_the_way(), "all files to end", 120, self.on_the_way)

    def on_the_way(self):
        handed = os.path.join(self.root, ".uploads", "handed")
        lying = os.listdir(handed) if os.path.isdir(handed) else []
        return lying + [batch["batch_id"] for batch in self.listing("batches") if batch["status"] not in OVER]

    def coming(self):
        """Uploads that are not whole, or whose sender is gone."""
        folder = os.path.join(self.root, ".uploads", "coming")
        return os.listdir(folder) if os.path.isdir(folder) else []

    # What must not change.

    def books(self):
        """All that an unwanted step could have changed, to be compared."""
        listings = {words: self.ctl(*words.split(), "--json") for words in ("batches", "resellers", "audit", "sales", "user list")}
        return {**listings, "on the way": self.on_the_way(), "coming": self.coming()}


# Limits so wide that only the checks about limits meet them.
GENEROUS = {"requests_per_minute": 100_000_000}
