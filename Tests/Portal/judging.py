"""What was asked, what was expected, what came: one line for each check that failed."""
import contextlib
import sys
import time
import traceback

import contract


def short(value, limit=300):
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"


# More failures of one topic than these are counted and not told.
MOST = 8


class Judge:
    def __init__(self, title, interfaces=contract.INTERFACES):
        self.title, self.count, self.failures, self.topic = title, 0, [], ""
        self.since, self.contract = time.monotonic(), contract.Contract(interfaces)

    def failed(self, asked, expected, got):
        self.failures.append(self.topic)
        alike = self.failures.count(self.topic)
        if alike > MOST:
            return
        print(" ".join(f"FAILED {self.title}, {self.topic}: {short(str(asked))} | expected {short(expected)} | got {short(got)}".split()), flush=True)

    def holds(self, asked, condition, expected, got):
        self.count += 1
        if not condition:
            self.failed(asked, expected, got)
        return bool(condition)

    def same(self, asked, expected, got):
        return self.holds(asked, expected == got and type(expected) is type(got), expected, got)

    def one_of(self, asked, expected, got):
        return self.holds(asked, got in expected, f"one of {expected!r}", got)

    def documented(self, answer):
        """Every answer is one that the contract documents."""
        faults = self.contract.faults(answer)
        self.holds(answer, not faults, "an answer that the contract documents", "; ".join(faults[:3]) + f" | {answer.curl}")

    @contextlib.contextmanager
    def about(self, topic):
        """A group of checks; what keeps it from its end is a failure, and the next group goes on."""
        before, self.topic = self.topic, topic
        try:
            yield
        except Exception as fault:
            self.count += 1
            place = traceback.extract_tb(fault.__traceback__)
            ours = [frame for frame in place if "/Tests/Portal/" in frame.filename] or place
            self.failed(f"{ours[-1].filename.rsplit('/', 1)[-1]}:{ours[-1].lineno}", "the check to run", f"{type(fault).__name__}: {fault}")
        finally:
            self.topic = before

    def run(self, checks, *arguments):
        """Functions whose first line says what they look at."""
        for check in checks:
            with self.about((check.__doc__ or check.__name__).strip().splitlines()[0].rstrip(".")):
                check(self, *arguments)

    def end(self):
        """The sum, and the program's exit."""
        took = time.monotonic() - self.since
        for topic in dict.fromkeys(self.failures):
            if self.failures.count(topic) > MOST:
                print(f"FAILED {self.title}, {topic}: {self.failures.count(topic) - MOST} more")
        print(f"{self.title}: {self.count} checks, {len(self.failures)} failed, {took:.0f} s", flush=True)
        sys.exit(1 if self.failures else 0)
