#!/usr/bin/env python3
"""Clients that mean harm, while files go on and both programs answer for their health.

    hostile.py PROGRAMS-FOLDER [ATTACK …]
"""
import collections
import gzip
import io
import os
import random
import resource
import socket
import sys
import threading
import time
import zipfile

import trades
from asking import Form, Unanswerable
from chunks import broken_chunks, tiny_chunks
from harm import authorized, folder_size, many, pour, raw, refused, status
from judging import Judge
from playground import Playground
from pulse import Pulse


def slow_headers(judge, world):
    """2,000 connections whose headers never end"""
    streams = []
    def connect(number):
        try:
            stream = socket.create_connection(world.place, timeout=5, source_address=(f"127.2.{number % 50}.1", 0))
            stream.sendall(b"GET /api/uploads/batches HTTP/1.1\r\nHost: x\r\n")
            stream.setblocking(False)
            streams.append(stream)
        except OSError:
            pass  # Refused: a limit holds.
    many(2000, connect, threads=32)
    deadline, cut = time.monotonic() + 40, 0
    while time.monotonic() < deadline and cut < len(streams) * 0.9:
        cut = sum(1 for stream in streams if is_cut(stream, b"X-a: b\r\n"))
        time.sleep(1)
    print(f"    {len(streams)} of 2,000 connections taken, {cut} of them cut within {40 - max(0, deadline - time.monotonic()):.0f} s")
    judge.holds("slow headers", cut >= len(streams) * 0.9, "to be cut within 40 s", f"{len(streams) - cut} of {len(streams)} open still")
    [stream.close() for stream in streams]


def is_cut(stream, more):
    try:
        stream.send(more)
        return stream.recv(4096) == b"" or True
    except BlockingIOError:
        return False
    except OSError:
        return True


def slow_bodies(judge, world):
    """200 uploads that drip, with good tokens; a swift one goes through beside them"""
    streams, head = [], ("POST /api/bibbi/uploads HTTP/1.1\r\nHost: x\r\n" + authorized(world) + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000\r\n\r\n"
                         "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"slow.xlsx\"\r\n\r\n").encode()
    def connect(number):
        try:
            stream = socket.create_connection(world.place, timeout=5, source_address=(f"127.3.{number % 20}.1", 0))
            stream.sendall(head)
            streams.append(stream)
        except OSError:
            pass
    many(200, connect)
    for _ in range(4):
        for stream in streams:
            try:
                stream.send(b"drip")
            except OSError:
                pass
        time.sleep(1)
    answer = world.caller("operator", source="127.0.0.60").upload(trades.table_file("atlas"), world.reseller_id("atlas"))
    judge.same(f"{answer}, beside {len(streams)} slow ones", 200, answer.status)
    [stream.close() for stream in streams]
    world.until(lambda: not world.coming(), "the halves to be cleared away", 90, lambda: world.coming()[:3])
    judge.same("batches named slow.xlsx", 0, len([batch for batch in world.listing("batches") if batch["filename"] == "slow.xlsx"]))


def endless_bodies(judge, world):
    """1 GiB: announced, sent, in chunks, to every kind of route; then the disk is as before"""
    before = folder_size(os.path.join(world.root, ".uploads"))
    gibi, piece = 1 << 30, b"\0" * (1 << 20)
    form = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"huge.xlsx\"\r\n\r\n"
    for path, kind in (("/api/bibbi/uploads", "multipart/form-data; boundary=b"), ("/api/uploads", "multipart/form-data; boundary=b"), ("/api/auth/login", "application/json"),
                       ("/login", "application/x-www-form-urlencoded"), ("/healthz", "text/plain"), (f"/api/admin/shops/{world.reseller_id('atlas')}/bulk-upload-permission", "application/json")):
        method = "PATCH" if "shops" in path else "POST"
        for chunked in (False, True):
            length = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {gibi}"
            head = (f"{method} {path} HTTP/1.1\r\nHost: x\r\n{authorized(world)}Content-Type: {kind}\r\n{length}\r\n\r\n").encode()
            sent, answer = pour(world, head, form if "multipart" in kind else b"", piece, gibi, chunked)
            refused(judge, f"{method} {path}, 1 GiB {'in chunks' if chunked else 'announced'}, {sent >> 20} MiB sent", answer)
    world.until(lambda: folder_size(os.path.join(world.root, ".uploads")) <= before + (1 << 20), "the disk to be as before", 60)


def header_floods(judge, world):
    """headers and request lines without end"""
    for what, data in {
        "100,000 headers": b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(100_000)) + b"\r\n",
        "a header of 10 MiB": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + b"y" * (10 << 20) + b"\r\n\r\n",
        "a path of 1 MiB": b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        "a query of 1 MiB": b"GET /api/uploads/batches?" + b"a=b&" * (1 << 18) + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        "a method of 1 MiB": b"A" * (1 << 20) + b" / HTTP/1.1\r\nHost: x\r\n\r\n",
        "a cookie of 1 MiB": b"GET / HTTP/1.1\r\nHost: x\r\nCookie: sellout_session=" + b"a" * (1 << 20) + b"\r\n\r\n",
        "a token of 1 MiB": b"GET /api/uploads/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + b"a" * (1 << 20) + b"\r\n\r\n",
        "noise": random.Random(1).randbytes(1 << 20),
        "TLS": bytes.fromhex("160301020001fc0303") + random.Random(2).randbytes(500),
        "a folded header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX: y\r\n z\r\n\r\n",
        "zero bytes": b"GET /health\0z HTTP/1.1\r\nHo\0st: x\r\n\r\n",
        "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
        "HTTP/9.9": b"GET /healthz HTTP/9.9\r\nHost: x\r\n\r\n",
        "HTTP/0.9": b"GET /healthz\r\n",
    }.items():
        answer = raw(world, data, wait=4)
        allowed = (None, 200, 400, 401, 404, 405, 408, 413, 414, 431, 501, 505) if what in ("a folded header", "no host", "HTTP/0.9", "HTTP/9.9") else (None, 400, 401, 404, 405, 413, 414, 431, 501, 505)
        refused(judge, what, answer, allowed)


def path_tricks(judge, world):
    """paths that want out"""
    secret, key = b"root:x:", os.path.join(world.root, ".ledger", "web.key")
    with open(key, "rb") as file:
        key_bytes = file.read().strip()
    climbs = ["../" * 8, "..%2f" * 8, "%2e%2e/" * 8, "%2e%2e%2f" * 8, "..\\" * 8, "..%5c" * 8, "%252e%252e%252f" * 8, "....//" * 8, "..;/" * 8, "%c0%ae%c0%ae/" * 8, "./" * 3000]
    targets = [f"/{prefix}{climb}{goal}" for prefix in ("", "static/", "api/uploads/batches/", "docs/", "batches/") for climb in climbs for goal in ("etc/passwd", key.lstrip("/"))]
    targets += ["//etc/passwd", "///", "*", "http://evil.example/etc/passwd", "http://127.0.0.1/healthz", "/%", "/%zz", "/%00", "/\x7f", "/api/uploads/batches/%0d%0aSet-Cookie:a=b",
                "/login?next=//evil.example", "/login?next=http://evil.example/", "/?" + "&" * 5000, "/%ff%fe", "/api/bibbi/uploads/" + "a/" * 2000]
    seen = collections.Counter()
    judge.same("GET /healthz by the same way", 200, status(raw(world, b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")))
    for target in targets:
        answer = raw(world, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{authorized(world)}\r\n".encode(errors="surrogateescape"), wait=4)
        seen[status(answer)] += 1
        judge.holds(f"GET {target[:80]}", status(answer) is None or status(answer) < 500, "no failure of the server", answer[:100])
        judge.holds(f"GET {target[:80]}", secret not in answer and key_bytes not in answer, "nobody's file", answer[:200])
        judge.holds(f"GET {target[:80]}", b"\r\nSet-Cookie: a=b" not in answer and b"\r\nset-cookie:a=b" not in answer.lower(), "no header of the asker's", answer[:200])
        judge.holds(f"GET {target[:80]}", b"location: http://evil" not in answer.lower() and b"location: //evil" not in answer.lower(), "nobody sent elsewhere", answer[:200])
    print(f"    answers: {dict(seen)}")


def many_parts(judge, world):
    """forms with 10,000 parts, with endless part headers, with odd boundaries"""
    caller, file = world.caller("root", source="127.0.0.62"), trades.table_file("atlas")
    known = len(world.listing("batches"))
    parts = Form()
    for number in range(10_000):
        parts.field(f"field{number}", "x")
    parts.file("file", file.name, file.content).field("reseller_id", world.reseller_id("atlas"))
    files = Form()
    for number in range(10_000):
        files.file("file", f"{number}.xlsx", b"x")
    files.field("reseller_id", world.reseller_id("atlas"))
    long_head = Form().file("file", "x", b"x", "form-data; name=\"file\"; filename=\"" + "a" * (1 << 20) + ".xlsx\"")
    long_field = Form().field("reseller_id", "7" * (20 << 20)).file("file", file.name, file.content)
    odd = {"10,000 fields": (parts.body, parts.kind), "10,000 files": (files.body, files.kind), "a part's header of 1 MiB": (long_head.body, long_head.kind),
           "a field of 20 MiB": (long_field.body, long_field.kind),
           "a boundary of 100,000": (b"x", "multipart/form-data; boundary=" + "b" * 100_000), "no boundary": (parts.body[:1000], "multipart/form-data"),
           "only boundaries": (b"--b\r\n" * 100_000, "multipart/form-data; boundary=b"), "nothing but line ends": (b"\r\n" * 1_000_000, "multipart/form-data; boundary=b"),
           "parts in parts": (b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" * 20_000, "multipart/form-data; boundary=b")}
    for what, (body, kind) in odd.items():
        for path in ("/api/bibbi/uploads", "/api/uploads"):
            try:
                answer = caller.ask("POST", path, body, kind, timeout=30)
                judge.holds(f"{answer}, {what}", answer.status in ((200, 400, 413, 431) if what == "10,000 fields" else (400, 413, 431)), "400, or as one file", answer.whole)
            except Unanswerable as fault:
                judge.holds(f"POST {path}, {what}", "reset" in str(fault).lower() or "closed" in str(fault).lower() or "disconnect" in str(fault).lower(), "an answer, or the connection closed", fault)
    world.rest()
    judge.holds("batches", len(world.listing("batches")) - known <= 60, "none of the refused", len(world.listing("batches")))
    strange = [batch["filename"] for batch in world.listing("batches") if batch["filename"] in ("0.xlsx", "9999.xlsx")]
    judge.same("batches of forms with many files", [], strange)


def many_tokens(judge, world):
    """10,000 wrong tokens from 20 addresses"""
    seen, lock = {}, threading.Lock()
    def ask(number):
        caller = world.caller(source=f"127.4.{number % 20}.1")
        caller.token = f"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1c2VyX2lkIjoxfQ.{number:043d}"
        try:
            got = caller.get("/api/uploads/batches").status
        except Unanswerable:
            got = "no answer"
        with lock:
            seen[got] = seen.get(got, 0) + 1
    many(10_000, ask)
    print(f"    answers: {seen}")
    judge.holds("answers to wrong tokens", set(seen) <= {401, 429, "no answer"} and seen.get(401) and seen.get(429), "401, and 429 after some hundreds", seen)
    answer = world.caller("operator", source="127.0.0.63").get("/api/uploads/batches")
    judge.same(f"{answer}, a good token after them", 200, answer.status)


def bombs(judge, world):
    """workbooks that swell, bodies that say they are compressed"""
    def workbook(sheet):
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(trades.table_file("atlas").content)) as good, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bad:
            for name in good.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    bad.writestr(name, good.read(name))
            with bad.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as inner:
                for piece in sheet:
                    inner.write(piece)
        return stream.getvalue()
    start = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    blanks = workbook([start] + [b" " * (1 << 20)] * 1024)
    rows = workbook([start] + [b"<row>" + b"<c t=\"str\"><v>a</v></c>" * 20_000 + b"</row>"] * 600)
    entities = workbook([b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "' + b"x" * 1000 + b'">' + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
                         + b']><worksheet><sheetData><row><c t="str"><v>&a9;</v></c></row></sheetData></worksheet>'])
    for what, content in (("1 GiB of blanks", blanks), ("12 million cells", rows), ("entities in entities", entities)):
        answer = world.caller("root", source="127.0.0.64").upload(trades.File(f"atlas bomb {len(content)}.xlsx", content), world.reseller_id("atlas"))
        judge.same(f"{answer}, {what}, {len(content) >> 10} KiB", 200, answer.status)
        if answer.status == 200:
            judge.same(f"{answer}, {what}, its end", "failed", world.ended(answer.json["batch_id"], limit=120))
    form = Form().field("reseller_id", world.reseller_id("atlas")).file("file", "atlas zipped.xlsx", b"\0" * (1 << 20))
    answer = world.caller("root").ask("POST", "/api/bibbi/uploads", gzip.compress(form.body * 50), form.kind, headers={"Content-Encoding": "gzip"})
    judge.holds(f"{answer}, a compressed body", answer.status in (400, 415), "400 or 415", answer.whole)


def floods(judge, world):
    """5,000 connections that come and go, and 20,000 requests in one breath without reading"""
    def touch(number):
        try:
            with socket.create_connection(world.place, timeout=5, source_address=(f"127.5.{number % 50}.1", 0)) as stream:
                stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                stream.send(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        except OSError:
            pass
    many(5000, touch)
    with socket.create_connection(world.place, timeout=5, source_address=("127.0.0.65", 0)) as stream:
        try:
            stream.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 20_000)
        except OSError:
            pass
        time.sleep(2)
    answer = world.caller("root").get("/api/uploads/batches?limit=1")
    judge.same(f"{answer}, after floods", 200, answer.status)


ATTACKS = [slow_headers, slow_bodies, endless_bodies, broken_chunks, tiny_chunks, header_floods, path_tricks, many_parts, many_tokens, bombs, floods]


def main():
    asked = sys.argv[2:]
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192), hard))
    judge = Judge("hostile")
    with Playground(sys.argv[1]) as world:
        world.taken(trades.table_file("atlas"))
        with judge.about("nobody does harm"), Pulse(world) as pulse:
            time.sleep(4)
        pulse.judge(judge, "quiet")
        for attack in ATTACKS:
            if asked and attack.__name__ not in asked:
                continue
            with Pulse(world) as pulse:
                judge.run([attack], world)
            with judge.about(attack.__name__):
                pulse.judge(judge, attack.__doc__)
        world.rest()
        judge.holds("the HTTP side's log", "Fatal error" not in world.web.said() and "overflow" not in world.web.said(), "no crash", world.web.said()[-300:])
    judge.end()


if __name__ == "__main__":
    main()
