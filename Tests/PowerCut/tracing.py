"""Reads what strace wrote: the calls that changed or synced something under the root, when each began and when it ended."""
import os
import re

CALLS = """execve clone clone3 fork vfork open openat openat2 creat write pwrite64 writev pwritev pwritev2 lseek ftruncate truncate fallocate
rename renameat renameat2 link linkat symlink symlinkat unlink unlinkat mkdir mkdirat rmdir fsync fdatasync syncfs sync dup dup2 dup3
copy_file_range sendfile splice""".split()
# All strings in hexadecimal: then no name and no content can look like a part of the trace.
TRACER = ["strace", "--follow-forks", "--decode-fds=path", "--strings-in-hex=all", "--string-limit=1000000000", "--signal=none",
          "--quiet=attach,exit", "--seccomp-bpf", "--trace=" + ",".join(CALLS)]

DESCRIPTOR = re.compile(r"(-?\d+|AT_FDCWD)(?:<([^>]*)>)?(\(deleted\))?")
RESULT = re.compile(r"(-?\d+|\?|0x[0-9a-f]+)(?:<([^>]*)>)?")
VECTOR = re.compile(r'iov_base="([^"]*)"')


class Misunderstood(Exception):
    """A call that the model of the disk does not know: it would judge wrongly."""


class Step:
    """A call that did something under the root, or a mark that the load set. `other` is a rename's or a link's second path."""

    def __init__(self, kind, path, line, program, **details):
        self.kind, self.path, self.line, self.program = kind, path, line, program
        self.other, self.data, self.offset, self.size = (details.get(key) for key in ("other", "data", "offset", "size"))
        self.creates, self.truncates = details.get("creates", False), details.get("truncates", False)

    def __repr__(self):
        rest = "".join(f" {key}={value!r}" for key, value in [("to", self.other), ("at", self.offset), ("size", self.size)] if value is not None)
        return f"line {self.line} {self.program}: {self.kind} {self.path}{rest}"


class Trace:
    """`happenings` are pairs of a step and whether it begins; between its two pairs other threads' steps may stand."""

    def __init__(self, path, root, marks):
        self.root, self.marks = root, marks
        self.hints = [hexadecimal(root), hexadecimal(marks), "clone", "fork", "execve"]
        self.program = {}  # process -> what it runs
        self.offsets = {}  # (process, descriptor) -> where the next write goes, None for appending
        self.process = dict(threads(path))  # thread -> process
        self.happenings = []
        self.interrupted = set()  # files that somebody was writing to when his process ended
        open_calls = {}  # thread -> its call that has begun and not ended
        with open(path, encoding="ascii") as file:
            for number, line in enumerate(file, 1):
                thread, _, text = line.rstrip("\n").partition(" ")
                text = text.lstrip()
                if text.endswith("<unfinished ...>"):
                    slot = [None]
                    self.happenings.append((slot, True))
                    open_calls[thread] = text[:-len("<unfinished ...>")], slot
                elif text.startswith("<... "):
                    begun, slot = open_calls.pop(thread)
                    slot[0] = self.step(number, thread, begun.rstrip() + text[text.index("resumed>") + len("resumed>"):])
                    self.happenings.append((slot, False))
                else:
                    step = self.step(number, thread, text)
                    if step:
                        self.happenings += [([step], True), ([step], False)]
        self.interrupted |= {of(begun.partition("(")[2].split(", ")[0]) for begun, _ in open_calls.values()}
        self.happenings = [(slot[0], begins) for slot, begins in self.happenings if slot[0]]

    def step(self, line, thread, text):
        if not any(hint in text for hint in self.hints) or " = " not in text:
            return None
        call, _, ending = text.rpartition(" = ")
        name, _, words = call.rstrip().removesuffix(")").partition("(")
        result = RESULT.match(ending)
        if ending == "?" and name not in ("execve", "exit_group"):
            self.interrupted.add(of(words.split(", ")[0]))
        if not result or result[1] == "?" or result[1].startswith("-"):
            return None
        process = self.process.get(thread, thread)
        if name == "execve":
            self.program[process] = os.path.basename(text_of(words))
            return None
        if name not in CALLS or name in ("clone", "clone3", "fork", "vfork"):
            return None
        maker = getattr(self, name, None)
        try:
            made = maker(process, words.split(", "), result) if maker else self.plain(name, words.split(", "))
        except (KeyError, IndexError, ValueError) as fault:
            raise Misunderstood(f"line {line}: {name}: {fault!r}") from fault
        if not made or not (self.concerns(made[1]) or self.concerns(made[2].get("other"))):
            return None
        kind, path, details = made
        return Step("mark" if path == self.marks else kind, path, line, self.program.get(process, "?"), **details)

    def concerns(self, path):
        """Sockets hold nothing that a power cut could take."""
        return path is not None and not path.startswith(self.root + "/.run/") and (
            path == self.root or path.startswith(self.root + "/") or path == self.marks)

    def plain(self, name, words):
        """Calls that name their paths and change nothing that must be remembered here."""
        if name in ("fsync", "fdatasync"):
            return "sync", of(words[0]), {}
        if name in ("mkdir", "rmdir", "unlink"):
            return name, path(None, words[0]), {}
        if name == "mkdirat":
            return "mkdir", path(words[0], words[1]), {}
        if name == "unlinkat":
            return "rmdir" if "AT_REMOVEDIR" in words[2] else "unlink", path(words[0], words[1]), {}
        if name in ("rename", "link"):
            return name, path(None, words[0]), {"other": path(None, words[1])}
        if name in ("renameat", "renameat2", "linkat"):
            if "RENAME_EXCHANGE" in words[-1]:
                raise ValueError("an exchange of names")
            return "rename" if "rename" in name else "link", path(words[0], words[1]), {"other": path(words[2], words[3])}
        if name in ("symlink", "symlinkat"):
            return "symlink", path(words[-2] if name == "symlinkat" else None, words[-1]), {"data": bytes_of(words[0])}
        if name == "ftruncate":
            return "truncate", of(words[0]), {"size": int(words[1])}
        if name == "truncate":
            return "truncate", path(None, words[0]), {"size": int(words[1])}
        if name == "fallocate" and words[1] == "0":
            return "reach", of(words[0]), {"size": int(words[2]) + int(words[3])}
        raise ValueError("a call that is not followed")

    def openat(self, process, words, result):
        flags = words[2]
        descriptor, opened = int(result[1]), of(f"{result[1]}<{result[2]}>")
        self.offsets[process, descriptor] = None if "O_APPEND" in flags else 0
        if "O_TMPFILE" in flags:
            raise ValueError("a file without a name")
        if opened == self.marks:
            return None
        creates, truncates = "O_CREAT" in flags, "O_TRUNC" in flags
        return ("open", opened, {"creates": creates, "truncates": truncates}) if creates or truncates else None

    def open(self, process, words, result):
        return self.openat(process, ["AT_FDCWD", *words], result)

    def dup(self, process, words, result):
        self.offsets[process, int(result[1])] = self.offsets.get((process, int(DESCRIPTOR.match(words[0])[1])))

    dup2 = dup3 = dup

    def lseek(self, process, words, result):
        key = process, int(DESCRIPTOR.match(words[0])[1])
        if self.offsets.get(key) is not None:
            self.offsets[key] = int(result[1])

    def write(self, process, words, result):
        return self.advance(process, words[0], bytes_of(words[1])[:int(result[1])])

    def writev(self, process, words, result):
        return self.advance(process, words[0], vectors(words)[:int(result[1])])

    def advance(self, process, descriptor, data):
        if not self.concerns(of(descriptor)):
            return None
        key = process, int(DESCRIPTOR.match(descriptor)[1])
        offset = self.offsets[key]
        if offset is not None:
            self.offsets[key] = offset + len(data)
        return "write", of(descriptor), {"data": data, "offset": offset}

    def pwrite64(self, process, words, result):
        return "write", of(words[0]), {"data": bytes_of(words[1])[:int(result[1])], "offset": int(words[3])}

    def pwritev(self, process, words, result):
        return "write", of(words[0]), {"data": vectors(words)[:int(result[1])], "offset": int(words[-1])}


def threads(path):
    """Which process each thread belongs to. Read first, since a thread's own calls may stand before its making has ended."""
    process, flags = {}, {}
    with open(path, encoding="ascii") as file:
        for line in file:
            if "clone" not in line[:40]:
                continue
            thread, _, text = line.rstrip("\n").partition(" ")
            if "resumed>" not in text:
                flags[thread] = "CLONE_THREAD" in text
            child = re.search(r" = (\d+)$", text)
            if child and flags.get(thread):
                process[child[1]] = process.get(thread, thread)
                yield child[1], process[child[1]]


def hexadecimal(text):
    return "".join(f"\\x{byte:02x}" for byte in os.fsencode(text))


def bytes_of(word):
    if not word.startswith('"') or not word.endswith('"'):
        raise ValueError(f"no string: {word[:60]}")
    return bytes.fromhex(word[1:-1].replace("\\x", ""))


def vectors(words):
    return b"".join(bytes.fromhex(part.replace("\\x", "")) for part in VECTOR.findall(", ".join(words)))


def text_of(words):
    return os.fsdecode(bytes_of(words.split(", ")[0]))


def of(word):
    """The path of an open file, None where it has none any more."""
    found = DESCRIPTOR.match(word)
    if not found or not found[2] or not found[2].startswith("\\x") or found[3]:
        return None
    return os.fsdecode(bytes.fromhex(found[2].replace("\\x", "")))


def path(folder, word):
    name = text_of(word)
    return os.path.normpath(os.path.join(of(folder) or "/", name) if folder else name)
