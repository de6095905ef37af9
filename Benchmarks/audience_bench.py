"""`make bench-audience`: 50,000 audience records posted to sellout-web and to a FastAPI service that does the same, in turns.

The time from the first byte sent to the last one received; the memory that sellout-web takes for it; what is refused without being read.
"""

import argparse
import http.client
import json
import random
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import figures
from web_bench import say, wait_for

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "Tests" / "Portal"))

from playground import Playground, free_port  # noqa: E402

RECORDS, LARGEST, PLACE = 50_000, 5_242_880, "/api/audience/batch-upload"


def body(seed):
    """A batch of the largest count, close to the largest size."""
    chance = random.Random(seed)
    records = [{"business_email": f"person{number}@company{chance.randrange(4_000)}.example", "first_name": chance.choice(("Ana", "Ines", "Rui")), "last_name": f"L{number}"}
               for number in range(RECORDS)]
    return json.dumps({"upload_name": f"bench {seed}", "records": records}, separators=(",", ":")).encode()


class Rival:
    """The service beside Sellout, on a port of its own."""

    def __init__(self, place):
        self.port, self.token = free_port(), secrets.token_hex(16)
        self.process = subprocess.Popen([sys.executable, HERE / "audience_rival.py", Path(place) / "rival.db", str(self.port), self.token])

    def __enter__(self):
        wait_for(f"http://127.0.0.1:{self.port}/healthz")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def post(port, token, content, wanted=200):
    """Seconds, and what was answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.connect()
    began = time.perf_counter()
    connection.request("POST", PLACE, content, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    answer = connection.getresponse()
    told = answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    if answer.status != wanted:
        raise SystemExit(f"port {port}: {answer.status}, {told[:300]!r}")
    return seconds, json.loads(told)


def measure(world, rival, rounds, table):
    ours, theirs = [], []
    token = world.tokens["root"]
    # One smaller round each, which loads what is loaded late.
    small = json.dumps({"upload_name": "warm", "records": [{"email": "a@b.example"}] * 200}).encode()
    post(world.port, token, small)
    post(rival.port, rival.token, small)
    before = world.web.memory()[0]
    say(f"a body of {len(body(0)) / 2**20:.2f} MiB")
    for number in range(rounds):
        content = body(number)
        for port, key, into in ((world.port, token, ours), (rival.port, rival.token, theirs)):
            seconds, told = post(port, key, content)
            if told["rows_received"] != RECORDS:
                raise SystemExit(f"port {port} received {told['rows_received']} records")
            into.append(seconds)
    now, highest = world.web.memory()
    table.add("50,000 audience records posted", figures.time(statistics.median(ours)), f"FastAPI, pydantic, sqlite3 {figures.time(statistics.median(theirs))}",
              figures.ratio(ours, theirs), "≤ 1.0 ×")
    table.add("memory that it takes in sellout-web", f"{highest - before:.1f} MiB at its highest, {now - before:.1f} MiB afterwards", "", "", "< 64 MiB")
    many = json.dumps({"upload_name": "many", "records": [{"email": "a@b.example"}] * (RECORDS + 1)}).encode()
    table.add("50,001 records", f"refused in {figures.time(post(world.port, token, many, 400)[0])}", f"refused in {figures.time(post(rival.port, rival.token, many, 400)[0])}")
    table.add("a list of its batches", figures.time(statistics.median(listed(world) for _ in range(20))))


def listed(world):
    began = time.perf_counter()
    world.caller("root").get(PLACE).wanted(200)
    return time.perf_counter() - began


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("programs")
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    table = figures.Table(False)
    with tempfile.TemporaryDirectory(prefix="audience-bench-") as place, Playground(options.programs, people={"root": ["--role", "super_admin"]}) as world, Rival(place) as rival:
        measure(world, rival, options.rounds, table)
    print(table)


if __name__ == "__main__":
    main()
