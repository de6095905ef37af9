"""What clients that mean harm have in common: bytes as they are, many at once, and what may be said to them."""
import os
import socket
import threading
import time


def raw(world, data, source="127.0.0.1", wait=10, limit=1 << 20):
    """Sends bytes as they are, and gives back what came until the other side closed or nothing more came."""
    with socket.create_connection(world.place, timeout=wait, source_address=(source, 0)) as stream:
        got = b""
        try:
            stream.sendall(data)
        except OSError:
            pass
        try:
            while len(got) < limit and (part := stream.recv(65536)):
                got += part
                if b"\r\n\r\n" in got and b"HTTP/1.1 4" in got[:12]:
                    stream.settimeout(0.5)
        except OSError:
            pass
        return got


def status(answer):
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.") else None


def refused(judge, what, answer, allowed=(None, 400, 401, 403, 404, 405, 408, 411, 413, 414, 415, 417, 429, 431, 501, 505)):
    """A 4xx or a closed connection; 501 and 505 are what HTTP says to encodings and versions that a server does not know."""
    judge.holds(what, status(answer) in allowed, "4xx, or the connection closed", answer[:120])


def authorized(world, name="root"):
    return f"Authorization: Bearer {world.tokens[name]}\r\n"


def many(count, work, threads=16):
    """Does something many times, by several threads."""
    left, lock = iter(range(count)), threading.Lock()
    def go_on():
        while True:
            with lock:
                number = next(left, None)
            if number is None:
                return
            work(number)
    started = [threading.Thread(target=go_on) for _ in range(threads)]
    [thread.start() for thread in started]
    [thread.join() for thread in started]


def folder_size(folder):
    return sum(os.lstat(os.path.join(place, name)).st_size for place, _, names in os.walk(folder) for name in names if os.path.lexists(os.path.join(place, name)))


def pour(world, head, first, piece, total, chunked, limit=60):
    """Sends until all is sent, the other side refuses, or time is over; then reads the answer."""
    framed = (lambda data: b"%x\r\n%s\r\n" % (len(data), data)) if chunked else (lambda data: data)
    sent, deadline = 0, time.monotonic() + limit
    with socket.create_connection(world.place, timeout=20, source_address=("127.0.0.61", 0)) as stream:
        try:
            stream.sendall(head + (framed(first) if first else b""))
            while sent < total and time.monotonic() < deadline:
                stream.sendall(framed(piece))
                sent += len(piece)
        except OSError:
            pass
        try:
            return sent, stream.recv(65536)
        except OSError:
            return sent, b""
