"""Follows the trace once, notes what was promised and told at which moment, and what broke a promise on the spot."""
import json
import re
from collections import defaultdict

INBOX = re.compile(r"([^/]+)/inbox/(?:replace/)?([^/]+)")
UPLOAD = re.compile(r"\.uploads/handed/[0-9a-f-]{36}\.append\.([^/]+)")
COMING = re.compile(r"\.uploads/coming/[^/]+/[^/]+")
OUTBOX = re.compile(r"([^/]+)/outbox/([^/.][^/]*)")


def is_working_name(path):
    """What upload servers call a file that is not all there yet."""
    name = path.rpartition("/")[2]
    return name.startswith(".") or name.endswith(".part")


class Original:
    """A file that a sender dropped."""

    def __init__(self, home, name, node):
        # Nobody said whose it is, but its name tells.
        self.home = name.split(" ")[0] if home == "operations" else home
        self.name, self.node = name, node

    def __str__(self):
        return f"{self.home}: {self.name}"


class Witness:
    """A moment is a number of happenings: those before it are done. `moments` are worth cutting the power at, by what they are."""

    def __init__(self, disk):
        self.disk, self.moment = disk, 0
        self.originals = {}  # by their nodes' numbers
        self.kept = {}  # node's number -> since when it is durable
        self.told = defaultdict(list)  # batch -> its reports and since when
        self.references = {}  # name -> when it was answered
        self.marks = {}  # what an operator was told -> when
        self.moments = defaultdict(list)
        self.lost, self.untrue, self.wrong = [], [], []
        self.syncs = 0

    def follow(self, happenings):
        for step, begins in happenings:
            if step.kind == "mark":
                self.marks.setdefault(step.data.decode(), self.moment)
            elif begins:
                self.begin(step)
            else:
                self.end(step)
            self.moment += 1

    def begin(self, step):
        if step.program == "selloutd-reader":
            self.wrong.append(f"the confined reader changed something: {step}")
        if step.kind in ("sync", "rename"):
            self.moments[self.label(step)].append(self.moment)
        self.disk.begin(step)
        if self.publishes(step):
            self.tell(step)

    def end(self, step):
        node = self.disk.end(step)
        if step.kind == "sync":
            self.syncs += 1
            self.look(step)
        if step.kind in ("sync", "rename"):
            self.moments[self.label(step)].append(self.moment + 1)
        if step.kind in ("open", "rename") and not step.program.startswith("sellout"):
            self.drop(self.disk.relative(step.other or step.path), node)

    def unfinished(self, remains):
        """Files in inboxes that are not all there: their hasty senders had not synced them, and will have to send them again. And
        uploads that have not been handed over: their senders have heard nothing yet."""
        for number, path in remains.paths.items():
            if COMING.fullmatch(path) and number in remains.contents:
                yield number
            if INBOX.fullmatch(path) and number in remains.contents:
                original = self.originals.get(number)
                if original is None or is_working_name(path) or remains.contents[number] != original.node.content():
                    yield number

    def label(self, step):
        """What kind of step it is, whoever's file it is about."""
        def shape(path):
            parts = self.disk.relative(path).split("/")
            return "/".join(part if part.startswith(".l") or number < 2 and part.startswith(".") or part in ("inbox", "outbox") else "*"
                            for number, part in enumerate(parts))
        return step.program[:8], step.kind, shape(step.path), shape(step.other) if step.other else ""

    def drop(self, path, node):
        found = INBOX.fullmatch(path)
        if found and not is_working_name(path):
            self.originals.setdefault(node.number, Original(found[1], found[2], node))
        found = UPLOAD.fullmatch(path)
        if found:
            for name, inside in self.disk.now.entries.get(node, {}).items():
                if not name.startswith("."):
                    self.originals.setdefault(inside.number, Original(found[1], name, inside))

    def publishes(self, step):
        return step.kind == "rename" and OUTBOX.fullmatch(self.disk.relative(step.other))

    def tell(self, step):
        """A report becomes visible: it is whole, and what it speaks of cannot be lost any more."""
        node, found = self.disk.at(step.path), OUTBOX.fullmatch(self.disk.relative(step.other))
        if node.pending:
            self.untrue.append(f"a report appears that is not synced: {step}")
        if found[2].endswith(".html"):
            # The page that people read: NAME.xxxxxxxx.html
            if not node.content().endswith(b"</html>\n"):
                self.untrue.append(f"a page appears that is not whole: {step}")
            return self.speaks_of(found[1], found[2][:-len(".xxxxxxxx.html")], step)
        try:
            report = json.loads(node.content())
        except ValueError:
            self.untrue.append(f"a report appears that is not whole: {step}")
            return
        if found[1] == "reference":
            self.references.setdefault(report["filename"], self.moment)
        else:
            self.told[report["batch_id"]].append((self.moment + 1, report))
        self.speaks_of(found[1], report["filename"], step)

    def speaks_of(self, home, name, step):
        """What is told of is durable, and in no inbox any more."""
        places = self.disk.strict.places()
        for original in self.originals.values():
            if (original.home, original.name) == (home, name):
                place = places.get(original.node)
                if original.node.pending:
                    self.untrue.append(f"told of {original}, whose content is not synced: {step}")
                if place is None or INBOX.fullmatch(place) or place.startswith(".uploads/"):
                    self.untrue.append(f"told of {original}, whose place is not synced, it may be at {place}: {step}")

    def look(self, step):
        """What was durable once stays so, whatever is moved and synced in which order."""
        places = self.disk.strict.places()
        for number, original in self.originals.items():
            place = places.get(original.node)
            if place is not None and not is_working_name(place) and not original.node.pending:
                self.kept.setdefault(number, self.moment + 1)
            elif place is None and number in self.kept:
                self.lost.append(f"{original} was durable and is not any more: {step}")
                del self.kept[number]
