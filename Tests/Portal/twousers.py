#!/usr/bin/env python3
"""selloutd and sellout-web as two users, with the folders, users and groups that systemd/ says: the one does its work, the other too,
and the HTTP side's user reaches no archive, spool, inbox or outbox.

    twousers.py PROGRAMS-FOLDER

Only root can make users and become them; for anybody else it says so and judges nothing.
"""
import contextlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys

import trades
from judging import Judge
from playground import Playground, Program, email

UNITS = os.path.join(trades.HERE, "..", "..", "systemd")
GROUPS, USERS = ("sellout", "selloutd", "sellout-web"), ("selloutd", "sellout-web")


def told(unit, key):
    with open(os.path.join(UNITS, unit)) as file:
        return (re.findall(rf"^{key}=(.*)$", file.read(), re.MULTILINE) or [""])[-1]


class Accounts:
    """The users and groups of systemd/, each under a name of this run's own."""

    def __init__(self):
        self.mark = f"-t{os.getpid()}"

    def __enter__(self):
        try:
            for group in GROUPS:
                self.do("groupadd", "--system", group + self.mark)
            for user in USERS:
                self.do("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "--gid", user + self.mark, user + self.mark)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for command, names in (("userdel", USERS), ("groupdel", GROUPS)):
            for name in names:
                subprocess.run([command, name + self.mark], capture_output=True)

    def do(self, *words):
        subprocess.run(words, check=True, capture_output=True)

    def becoming(self, unit):
        """The words before a program that start it as its unit says."""
        groups = [name + self.mark for name in told(unit, "SupplementaryGroups").split()]
        capabilities = "-all" + "".join(f",+{name.removeprefix('CAP_').lower()}" for name in told(unit, "AmbientCapabilities").split())
        return ["sh", "-c", f"umask {told(unit, 'UMask')} && exec \"$@\"", "sh", "setpriv", "--no-new-privs",
                f"--reuid={told(unit, 'User')}{self.mark}", f"--regid={told(unit, 'Group')}{self.mark}",
                f"--groups={','.join(groups)}" if groups else "--clear-groups",
                f"--inh-caps={capabilities}", f"--ambient-caps={capabilities}", f"--bounding-set={capabilities}"]


class Divided(Playground):
    """A playground of two users."""

    def __init__(self, programs, accounts):
        super().__init__(programs, people={"root": ["--role", "super_admin"], "watcher": ["--role", "admin"]})
        self.accounts = accounts
        os.chmod(self.folder, 0o711)
        # What was built may lie where no other user comes.
        reachable = os.path.join(self.folder, "programs")
        os.mkdir(reachable)
        for name in ("selloutd", "sellout-web", "selloutd-reader", "selloutctl"):
            shutil.copy(self.program(name), reachable)
        self.programs = reachable
        self.daemon_uid = pwd.getpwnam(told("selloutd.service", "User") + accounts.mark).pw_uid
        self.daemon, self.web = self.under(self.daemon, "selloutd.service"), self.under(self.web, "sellout-web.service")

    def under(self, program, unit):
        words = [*self.accounts.becoming(unit), os.path.join(self.programs, os.path.basename(program.words[0])), *program.words[1:]]
        return Program(words, program.journal, program.environment)

    def lay(self):
        with open(os.path.join(UNITS, "sellout.tmpfiles.conf")) as file:
            for kind, path, mode, user, group in (line.split() for line in file if line.startswith("d ")):
                path = path.replace("/srv/sellout", self.root)
                os.makedirs(path, exist_ok=True)
                shutil.chown(path, user + self.accounts.mark, group + self.accounts.mark)
                os.chmod(path, int(mode, 8))
        super().lay()
        daemon, group = (name + self.accounts.mark for name in ("selloutd", "sellout"))
        for home in os.listdir(self.root):
            for place, _, _ in os.walk(os.path.join(self.root, home)):
                if home.startswith("."):
                    continue
                name = os.path.basename(place)
                shutil.chown(place, daemon if name in (home, "outbox") else "nobody", "nogroup" if name == "outbox" else group)
                os.chmod(place, {home: 0o755, "outbox": 0o2750}.get(name, 0o2770))
        # Root makes the key for tokens, before any of the programs has run.
        self.ctl("token", email("root"))

    def as_unit(self, unit, script, *words):
        """What a script prints that runs as a program of that unit."""
        words = [*self.accounts.becoming(unit), "/usr/bin/python3", "-c", script, *words]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()

    def seen_by(self, unit, paths):
        """Which of these it can open."""
        return self.as_unit(unit, "import os, sys\nfor path in sys.argv[1:]:\n    try:\n        os.close(os.open(path, os.O_RDONLY)); print(path)\n"
                            "    except PermissionError:\n        pass", *paths)


def work_over_http(judge, world):
    """an upload, a step and an original over HTTP"""
    file, doubtful = trades.table_file("atlas"), trades.half_wrong("atlas")
    batch = world.uploaded(file)
    judge.same(f"the upload {file.name}", "completed", world.ended(batch))
    waiting = world.taken(doubtful, state="staging_complete")
    answer = world.caller("root").post(f"/api/bibbi/uploads/{waiting}/approve")
    judge.same(answer, 200, answer.status)
    world.until(lambda: world.state(waiting) not in ("staging_complete", "processing"), "the approved batch to end")
    answer = world.caller().get(f"/batches/{batch}/original", headers={"Cookie": f"sellout_session={world.tokens['root']}"})
    judge.holds(f"{answer}, an original", answer.status == 200 and answer.body == file.content, "the file as it was sent", answer.text[:200])
    judge.holds("a report", os.listdir(os.path.join(world.root, "atlas", "outbox")), "one in the outbox", "none")


def alone_with_the_ledger(judge, world):
    """the HTTP side works while the daemon is down, and the daemon goes on with the files that it has made"""
    waiting = world.taken(trades.half_wrong("atlas"), state="staging_complete")
    world.web.stop()
    world.daemon.stop()
    judge.holds("the ledger's log", not os.path.exists(os.path.join(world.root, ".ledger", "ledger.db-wal")), "gone with the last program", "there still")
    world.start_web()
    answer = world.caller("root").post(f"/api/bibbi/uploads/{waiting}/approve")
    judge.same(f"{answer}, without the daemon", 200, answer.status)
    batch = world.uploaded(trades.table_file("atlas"))
    world.start_daemon()
    judge.same("the upload that came meanwhile", "completed", world.ended(batch))
    world.drop(trades.table_file("birch", ending="csv"), "birch")
    world.rest()


def nothing_else(judge, world):
    """the HTTP side's user opens no archive, spool, inbox, outbox, and no file in them"""
    closed = [os.path.join(world.root, name) for name in (".archive", ".spool", "atlas/inbox", "atlas/outbox", "boxnox/inbox", "operations/inbox")]
    for folder in closed[:]:
        closed += [os.path.join(place, name) for place, folders, names in os.walk(folder) for name in folders + names]
    judge.holds("the archive and the outbox", len(closed) > 12, "files in them", closed)
    closed = [path for path in closed if not os.path.islink(path)]
    judge.same("what the HTTP side's user can open", [], world.seen_by("sellout-web.service", closed))
    # Else the check above would say nothing.
    judge.same("what the daemon's user cannot open", [], sorted(set(closed) - set(world.seen_by("selloutd.service", closed))))


def led_nowhere(judge, world):
    """links that whoever takes the HTTP side over puts into .ledger: the daemon follows none to a file of its own"""
    outbox = os.path.join(world.root, "atlas", "outbox")
    report = os.path.join(outbox, os.listdir(outbox)[0])
    before = open(report, "rb").read()
    judge.holds(report, os.stat(report).st_uid == world.daemon_uid and before, "the daemon's", os.stat(report))
    for name in ("crashed", "lock"):
        path = os.path.join(world.root, ".ledger", name)
        world.daemon.stop()
        world.as_unit("sellout-web.service", "import os, sys\nos.remove(sys.argv[2])\nos.symlink(*sys.argv[1:])", report, path)
        world.daemon.start()
        world.until(lambda: not world.daemon.runs or world.daemon_answers(), "the daemon to answer or to end")
        judge.holds(f"a link in place of {name}", not world.daemon.runs and path in world.daemon.said(), "refused, and named", world.daemon.said()[-200:])
        judge.same(f"what a link in place of {name} led to", (before, 0o640), (open(report, "rb").read(), stat.S_IMODE(os.stat(report).st_mode)))
        if world.daemon.runs:
            world.daemon.stop()
        os.remove(path)
        world.start_daemon()


def shared_files(judge, world):
    """what both use is their group's, and nobody else's"""
    modes = {name: stat.S_IMODE(os.stat(os.path.join(world.root, ".ledger", name)).st_mode) for name in ("ledger.db", "ledger.db-wal", "ledger.db-shm", "web.key")}
    judge.same("modes in .ledger", {"ledger.db": 0o660, "ledger.db-wal": 0o660, "ledger.db-shm": 0o660, "web.key": 0o640}, modes)
    for program in (world.daemon, world.web):
        status = open(f"/proc/{program.process.pid}/status").read()
        judge.holds(program.words[-1], "\nUid:\t0\t" not in status, "not to run as root", status[:400])


def main():
    if os.geteuid() != 0:
        print("twousers: skipped: only root can make users and become them", flush=True)
        return
    judge = Judge("twousers")
    with contextlib.ExitStack() as stack:
        world = stack.enter_context(Divided(sys.argv[1], stack.enter_context(Accounts())))
        judge.run([work_over_http, alone_with_the_ledger, nothing_else, shared_files, led_nowhere], world)
        told = world.daemon.said() + world.web.said()
        judge.holds("what the programs say", "denied" not in told and "not permitted" not in told, "no refusal by the system", told[-600:])
    judge.end()


if __name__ == "__main__":
    main()
