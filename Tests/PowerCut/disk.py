"""A disk as POSIX promises it: what a program sees of it, and what is left of it when the power goes."""
import os
import time

from tracing import Misunderstood

DAEMON = "selloutd"


class Node:
    """A file, a folder or a symbolic link, by whatever name. Numbers are given in the order in which they were made."""

    def __init__(self, number, kind, text=b""):
        self.number, self.kind, self.text = number, kind, text
        self.durable = bytearray()  # the content as of the last sync
        self.pending = []  # what was written since: (when, offset, data), or (when, size, None)

    def content(self, count=None):
        """Of what is pending, the first `count` steps, or all."""
        whole = bytearray(self.durable)
        for step in self.pending[:count]:
            alter(whole, step)
        return bytes(whole)

    def write(self, when, offset, data):
        self.pending.append((when, len(self.content()) if offset is None else offset, data))

    def sync(self, covered):
        while self.pending and self.pending[0][0] <= covered:
            alter(self.durable, self.pending.pop(0))

    @property
    def is_folder(self):
        return self.kind == "folder"


def alter(content, step):
    _, place, data = step
    if len(content) < place:
        content.extend(bytes(place - len(content)))
    if data is None:
        del content[place:]
    else:
        content[place:place + len(data)] = data


class Tree:
    """Which names stand in which folders."""

    def __init__(self, root, entries=None):
        self.root, self.entries = root, entries or {root: {}}

    def copy(self):
        return Tree(self.root, {folder: dict(names) for folder, names in self.entries.items()})

    def apply(self, change):
        _, kind, folder, name, node, target = change
        if kind in ("add", "move"):
            destination, new_name = target or (folder, name)
            if kind == "move":
                self.entries[folder].pop(name, None)
            self.entries[destination][new_name] = node
            if node.is_folder:
                self.entries.setdefault(node, {})
        else:
            self.entries[folder].pop(name, None)

    def find(self, path):
        node = self.root
        for name in path.split("/") if path else []:
            node = self.entries.get(node, {}).get(name)
            if node is None:
                return None
        return node

    def places(self):
        """Every node that can be reached, and its path."""
        found, todo = {}, [(self.root, "")]
        while todo:
            folder, path = todo.pop()
            for name, node in self.entries.get(folder, {}).items():
                place = f"{path}/{name}" if path else name
                found[node] = place
                if node.is_folder:
                    todo.append((node, place))
        return found


class Disk:
    """Takes the trace's steps one after the other. A sync covers what had ended when it began, and holds when it has ended.

    `strict` is what POSIX promises: names as of their folder's last sync, each folder for itself. A rename from one folder to
    another is done where the new name is durable, and then the old one is gone too: renames are atomic on every file system.
    Where the daemon has synced only the old folder afterwards the file is lost. When senders sync their inbox is not in its hand:
    with them the old name stays until the new one is durable.

    `journal` is what ext4 and its like do: changes of names last in their order, at least as far as the last one that a sync
    was about."""

    def __init__(self, root, laid):
        self.prefix, self.clock, self.count = root + "/", 0, 0
        top = self.make("folder")
        self.now, self.strict, self.journal = Tree(top), Tree(top), Tree(top)
        self.moves = []  # between folders, not yet durable: (when, node, from, old name, to)
        self.changes = []  # of names, not yet in the journal
        self.covered = {}  # step -> what it covers
        self.synced = {}  # folder -> what its latest sync covered
        self.lay(laid, top)

    def lay(self, path, parent):
        """What lies there before the trace begins is durable."""
        for entry in os.scandir(path):
            if not entry.is_dir(follow_symlinks=False):
                raise Misunderstood(f"{entry.path} was there before")
            node = self.make("folder")
            for tree in (self.now, self.strict, self.journal):
                tree.apply((0, "add", parent, entry.name, node, None))
            self.lay(entry.path, node)

    def make(self, kind, text=b""):
        self.count += 1
        return Node(self.count, kind, text)

    def relative(self, path):
        return path.removeprefix(self.prefix) if path.startswith(self.prefix) else ""

    def at(self, path):
        node = self.now.find(self.relative(path))
        if node is None:
            raise Misunderstood(f"nothing is known of {path}")
        return node

    def parent(self, path):
        folder, _, name = self.relative(path).rpartition("/")
        return self.at(self.prefix + folder if folder else self.prefix), name

    def begin(self, step):
        if step.kind == "sync":
            node = self.at(step.path)
            self.covered[step] = self.clock, node, dict(self.now.entries[node]) if node.is_folder else None

    def end(self, step):
        """Returns the node that it was about."""
        if step.kind == "sync":
            return self.sync(step)
        self.clock += 1
        return getattr(self, "do_" + step.kind)(step)

    def sync(self, step):
        covered, node, names = self.covered.pop(step)
        if node.is_folder:
            # Of two syncs at the same time the one that saw more may end first.
            if covered >= self.synced.get(node, -1):
                self.synced[node] = covered
                if step.program != DAEMON:
                    for _, moved, source, name, _ in self.moves:
                        if source is node and self.strict.entries[node].get(name) is moved:
                            names.setdefault(name, moved)
                self.strict.entries[node] = names
                for held in names.values():
                    if held.is_folder:
                        self.strict.entries.setdefault(held, {})
                for move in [move for move in self.moves if move[0] <= covered and move[4] is node]:
                    self.arrived(move)
        else:
            node.sync(covered)
        about = [number for number, change in enumerate(self.changes) if change[0] <= covered and node in (change[2], change[4], *(change[5] or ()))]
        if about:
            for change in self.changes[:about[-1] + 1]:
                self.journal.apply(change)
            del self.changes[:about[-1] + 1]
        return node

    def arrived(self, move):
        """With a move all earlier ones of the same node are done."""
        for earlier in [other for other in self.moves if other[1] is move[1] and other[0] <= move[0]]:
            _, node, folder, name, target = earlier
            if folder is not move[4] and self.strict.entries[folder].get(name) is node:
                del self.strict.entries[folder][name]
            self.moves.remove(earlier)

    def change(self, kind, folder, name, node, target=None):
        change = (self.clock, kind, folder, name, node, target)
        self.now.apply(change)
        self.changes.append(change)
        return node

    def add(self, path, kind, text=b""):
        folder, name = self.parent(path)
        node = self.make(kind, text)
        # In the strict tree it has no name before its folder is synced, but may be synced itself.
        self.strict.entries.update({node: {}} if node.is_folder else {})
        return self.change("add", folder, name, node)

    def do_open(self, step):
        node = self.now.find(self.relative(step.path))
        if node is None and step.creates:
            node = self.add(step.path, "file")
        elif node is None:
            raise Misunderstood(f"nothing is known of {step.path}")
        if step.truncates and node.content():
            node.write(self.clock, 0, None)
        return node

    def do_write(self, step):
        node = self.at(step.path)
        node.write(self.clock, step.offset, step.data)
        return node

    def do_truncate(self, step):
        node = self.at(step.path)
        node.write(self.clock, step.size, None)
        return node

    def do_reach(self, step):
        node = self.at(step.path)
        if len(node.content()) < step.size:
            node.write(self.clock, step.size, None)
        return node

    def do_rename(self, step):
        folder, name = self.parent(step.path)
        target, new_name = self.parent(step.other)
        node = self.at(step.path)
        if target is not folder:
            self.moves.append((self.clock, node, folder, name, target))
        return self.change("move", folder, name, node, (target, new_name))

    def do_link(self, step):
        folder, name = self.parent(step.other)
        return self.change("add", folder, name, self.at(step.path))

    def do_symlink(self, step):
        return self.add(step.path, "link", step.data)

    def do_mkdir(self, step):
        return self.add(step.path, "folder")

    def do_unlink(self, step):
        folder, name = self.parent(step.path)
        return self.change("drop", folder, name, self.at(step.path))

    do_rmdir = do_unlink


class Remains:
    """What is left after a power cut at this moment: every node that can be reached, its path and its content."""

    def __init__(self, disk, mode, chance):
        tree = disk.strict
        if mode == "journal":
            tree = disk.journal.copy()
            for change in disk.changes[:chance.randint(0, len(disk.changes))]:
                tree.apply(change)
        self.paths = {node.number: path for node, path in tree.places().items()}
        self.nodes = {node.number: node for node in tree.places()}
        self.contents = {number: self.content(node, mode, chance) for number, node in self.nodes.items() if not node.is_folder}

    def content(self, node, mode, chance):
        """Of what was not synced nothing, or in a journal's case as much as chance will have it."""
        lucky = mode == "journal" and node.pending and chance.random() < 0.5
        return node.content(chance.randint(0, len(node.pending)) if lucky else 0)

    def lay(self, folder, without):
        """Writes the tree; `without` are the numbers of files that are not. Of two files the older gets the older
        times."""
        os.mkdir(folder)
        for path in sorted(self.paths[number] for number, node in self.nodes.items() if node.is_folder):
            os.mkdir(os.path.join(folder, path))
        for number in sorted(self.contents):
            node, path = self.nodes[number], os.path.join(folder, self.paths[number])
            if node.kind == "link":
                os.symlink(os.fsdecode(node.text), path)
            elif number not in without:
                with open(path, "wb") as file:
                    file.write(self.contents[number])
                time.sleep(0.001)
