"""`make bench-web`: the HTTP side beside nginx serving static files of the same size, in turns within one run.

A ledger of 100,000 batches; wrk on the daemon's /status and on B's list; 500 requests a second while 24 files are read; an upload of
50 MiB beside nginx's WebDAV.
"""

import argparse
import asyncio
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from pathlib import Path

import content
from workers import Peak, Sellout

STATUS, WEB, NGINX = 18787, 18788, 18789
BATCHES = 100_000


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


class Site(Sellout):
    """Both programs over one root, with many batches in the ledger."""

    def start(self):
        super().start()
        self.process.terminate()
        self.process.wait(30)
        self.shared = ["--root", self.root, "--profiles", self.profiles]
        run(self.programs / "selloutctl", *self.shared, "user", "add", "bench@example.com", "--role", "admin", "--no-password")
        self.fill()
        log = open(self.place / "site.log", "ab")
        self.process = subprocess.Popen(
            [str(part) for part in [self.programs / "selloutd", *self.shared, "--settle", "0", "--listen", f"127.0.0.1:{STATUS}"]],
            stdout=log, stderr=log)
        self.web = subprocess.Popen(
            [str(part) for part in [self.programs / "sellout-web", *self.shared, "--listen", f"127.0.0.1:{WEB}"]], stdout=log, stderr=log)
        self.token = run(self.programs / "selloutctl", *self.shared, "token", "bench@example.com").strip().split()[-1]
        for port in (STATUS, WEB):
            wait_for(f"http://127.0.0.1:{port}/healthz")

    def fill(self):
        """Copies of one batch that is over, which nobody owes a report."""
        ledger = sqlite3.connect(self.root / ".ledger" / "ledger.db")
        columns = [row[1] for row in ledger.execute("PRAGMA table_info(upload_batches)") if row[1] != "id"]
        now = int(time.time() * 1000)
        fixed = dict(reseller="boxnox", filename="BOXNOX sales.csv", upload_mode="append", status="completed", file_size_bytes=48211,
                     host="bench", revision=1, published_revision=1, is_archived=1, message="", attempts=1)
        used = [c for c in columns if c in fixed or c in ("batch_id", "received_at", "file_sha256")]
        marks = ", ".join("?" for _ in used)
        with ledger:
            ledger.execute("INSERT OR IGNORE INTO resellers (reseller) VALUES ('boxnox')")
            ledger.executemany(
                f"INSERT INTO upload_batches ({', '.join(used)}) VALUES ({marks})",
                ([self.value(c, fixed, now - 1000 * number) for c in used] for number in range(BATCHES)))
        ledger.close()

    @staticmethod
    def value(column, fixed, moment):
        if column == "batch_id":
            return str(uuid.uuid4())
        return {"received_at": moment, "file_sha256": None}.get(column, fixed.get(column))

    def __exit__(self, *arguments):
        self.web.terminate()
        self.web.wait(30)
        super().__exit__(*arguments)


class Nginx:
    def __init__(self, place, bodies):
        self.place = Path(place) / "nginx"
        self.bodies = bodies

    def __enter__(self):
        for folder in ("www", "tmp", "dav"):
            (self.place / folder).mkdir(parents=True)
        for name, body in self.bodies.items():
            (self.place / "www" / name).write_bytes(body)
        os.chmod(self.place / "dav", 0o777)
        (self.place / "nginx.conf").write_text(f"""
worker_processes 2; daemon off; pid {self.place}/pid; error_log {self.place}/error.log; user root;
events {{ worker_connections 1024; }}
http {{
  access_log off; client_body_temp_path {self.place}/tmp; client_max_body_size 200m; keepalive_requests 100000000; default_type application/json;
  server {{
    listen 127.0.0.1:{NGINX};
    location / {{ root {self.place}/www; }}
    location /dav/ {{ root {self.place}; dav_methods PUT DELETE; create_full_put_path on; }}
  }}
}}
""")
        self.process = subprocess.Popen(["nginx", "-c", str(self.place / "nginx.conf"), "-p", str(self.place)], stderr=subprocess.DEVNULL)
        wait_for(f"http://127.0.0.1:{NGINX}/status.json")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def wait_for(url):
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).read()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"{url} does not answer")


def fetch(url, token=None):
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})
    return urllib.request.urlopen(request, timeout=30).read()


def wrk(url, token=None, seconds=4):
    """Requests a second, with 16 connections of one thread."""
    header = ["-H", f"Authorization: Bearer {token}"] if token else []
    text = run("wrk", "-t1", "-c16", f"-d{seconds}s", *header, url)
    if "Non-2xx" in text:
        raise SystemExit(f"{url}: {text}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1))


async def paced(port, path, token, rate, seconds):
    """Latencies in milliseconds of so many requests a second over kept connections."""
    connections = 20
    found = []

    async def one(number):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
        pause, began = connections / rate, time.perf_counter()
        due = began + number / rate
        while due < began + seconds:
            await asyncio.sleep(max(0, due - time.perf_counter()))
            sent = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head).group(1)))
            found.append((time.perf_counter() - sent) * 1000)
            due += pause
        writer.close()

    await asyncio.gather(*(one(number) for number in range(connections)))
    return sorted(found)


def upload(site, file):
    began = time.perf_counter()
    answer = run("curl", "-sS", "-H", f"Authorization: Bearer {site.token}", "-F", f"file=@{file};filename={uuid.uuid4()}.csv", "-F", "mode=append",
                 f"http://127.0.0.1:{WEB}/api/uploads")
    seconds = time.perf_counter() - began
    if json.loads(answer).get("success") is not True:
        raise SystemExit(answer)
    return seconds


def give_to_nginx(file):
    began = time.perf_counter()
    run("curl", "-sS", "-f", "-T", file, f"http://127.0.0.1:{NGINX}/dav/{uuid.uuid4()}")
    return time.perf_counter() - began


def ratio(what, ours, theirs, unit, wanted):
    pairs = [a / b for a, b in zip(ours, theirs)]
    print(f"| {what} | {statistics.median(ours):,.0f} {unit} | nginx {statistics.median(theirs):,.0f} {unit} | "
          f"{statistics.median(pairs):.3g} × ({min(pairs):.3g}–{max(pairs):.3g}) | {wanted} |", flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("programs")
    options.add_argument("--rounds", type=int, default=5)
    options = options.parse_args()
    profiles = Path(__file__).resolve().parent.parent / "samples" / "resellers"
    with tempfile.TemporaryDirectory(prefix="sellout-web-bench-") as place:
        os.chmod(place, 0o755)
        with Site(place, options.programs, profiles) as site:
            status, batches = f"http://127.0.0.1:{STATUS}/status", f"http://127.0.0.1:{WEB}/api/uploads/batches"
            bodies = {"status.json": fetch(status), "batches.json": fetch(batches, site.token)}
            say(f"/status has {len(bodies['status.json'])} bytes, B's list {len(bodies['batches.json'])}")
            with Nginx(place, bodies):
                measure(site, status, batches, place, options.rounds)


def measure(site, status, batches, place, rounds):
    print("| what | Sellout | beside it | ratio (min–max) | asked for |\n| --- | --- | --- | --- | --- |")
    nginx = f"http://127.0.0.1:{NGINX}"
    pairs = [(wrk(status), wrk(f"{nginx}/status.json")) for _ in range(rounds)]
    ratio("wrk on the daemon's /status", *zip(*pairs), "requests/s", "≥ 0.25 ×")
    pairs = [(wrk(batches, site.token), wrk(f"{nginx}/batches.json")) for _ in range(rounds)]
    ratio("wrk on B's list, 100,000 batches", *zip(*pairs), "requests/s", "≥ 0.10 ×")

    latencies = paced_while_files_run(site)
    p99 = latencies[int(len(latencies) * 0.99)]
    print(f"| B's list, 500 requests/s while 24 files are read | median {statistics.median(latencies):.1f} ms, p99 {p99:.1f} ms | "
          f"{len(latencies):,} requests | | p99 < 20 ms |", flush=True)

    file = Path(place) / "large.csv"
    file.write_bytes(os.urandom(1024).hex().encode() * (50 * 512))
    pairs = [(upload(site, file) * 1000, give_to_nginx(file) * 1000) for _ in range(rounds)]
    ratio("50 MiB up, curl", *zip(*pairs), "ms", "≤ 1.5 ×")
    before = Peak.high_water(site.web.pid)
    with Peak(site.web) as peak:
        upload(site, file)
    print(f"| memory that an upload of 50 MiB takes | {(peak.own - before) / 1024:.1f} MiB more than the peak before | | | < 8 MiB |")


def paced_while_files_run(site):
    inbox, _ = site.folders("boxnox")
    # Years apart, so that no file says anything of another's months.
    files = [content.boxnox(site.place, 24 * number, 12, 60_000, number) for number in range(24)]

    async def both():
        task = asyncio.create_task(paced(WEB, "/api/uploads/batches", site.token, 500, 6))
        await asyncio.sleep(0.5)
        for file in files:
            os.rename(file, inbox / file.name)
        return await task

    return asyncio.run(both())


if __name__ == "__main__":
    main()
