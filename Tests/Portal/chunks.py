"""Bodies in chunks, by clients that mean harm."""
from harm import authorized, many, raw, refused, status


def broken_chunks(judge, world):
    """chunks that lie, and requests with two ideas of their length"""
    head = f"POST /api/uploads/cleanup-stuck HTTP/1.1\r\nHost: x\r\n{authorized(world)}"
    upload = f"POST /api/uploads HTTP/1.1\r\nHost: x\r\n{authorized(world)}Content-Type: multipart/form-data; boundary=b\r\n"
    smuggled = "GET /api/uploads/batches HTTP/1.1\r\nHost: x\r\n\r\n"
    for what, data in {
        "no number": upload + "Transfer-Encoding: chunked\r\n\r\nhello\r\nworld\r\n0\r\n\r\n",
        "a negative one": upload + "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "an endless number": upload + "Transfer-Encoding: chunked\r\n\r\n" + "f" * 10_000 + "\r\n",
        "one too large": upload + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nhello",
        "a longer one than said": upload + "Transfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\n",
        "a length that is no number": head + "Content-Length: many\r\n\r\n",
        "a negative length": head + "Content-Length: -1\r\n\r\n",
        "a length beyond every number": head + "Content-Length: 99999999999999999999999\r\n\r\n",
        "another encoding": head + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    }.items():
        refused(judge, f"chunks: {what}", raw(world, data.encode(), wait=3), allowed=(None, 400, 401, 404, 411, 413, 431, 501))
    # libmicrohttpd answers a chunk's line that does not fit into its buffer by itself, with 500, and asks nobody before; so 4xx, which
    # would be right, cannot be had. It closes the connection.
    answer = raw(world, (upload + "Transfer-Encoding: chunked\r\n\r\n5;" + "x" * 100_000 + "\r\nhello\r\n0\r\n\r\n").encode(), wait=3)
    judge.holds("chunks: an endless extension", status(answer) in (None, 400, 413, 431) or status(answer) == 500 and b"\r\nConnection: close\r\n" in answer,
                "4xx, or 500 by libmicrohttpd, and the connection closed", answer[:120])
    for what, data in {
        "two lengths": head + f"Content-Length: 0\r\nContent-Length: {len(smuggled)}\r\n\r\n" + smuggled,
        "length and chunks": head + f"Content-Length: {len(smuggled) + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
        "chunks spelled oddly": head + "Transfer-Encoding: xchunked\r\nContent-Length: 0\r\n\r\n",
    }.items():
        answer = raw(world, data.encode(), wait=3)
        judge.holds(f"two ideas of a length: {what}", status(answer) in (None, 200, 400, 501), "refused, or one idea taken", answer[:100])
    answer = world.caller("root").get("/api/uploads/batches?limit=1")
    judge.same(f"{answer}, after broken chunks", 200, answer.status)


def tiny_chunks(judge, world):
    """uploads in the smallest of chunks, faster than they can be taken"""
    piece, last = b"40\r\n" + b"x" * 64 + b"\r\n", b"\r\n--b\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\nappend\r\n--b--\r\n"
    first = b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tiny.xlsx\"\r\n\r\n"
    head = f"POST /api/uploads HTTP/1.1\r\nHost: x\r\n{authorized(world)}Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n"
    answers = []
    def send(number):
        # Differing by a byte: the same content twice would be refused for that.
        own = b"%x\r\n%s%d\r\n" % (len(first) + len(str(number)), first, number)
        body = own + piece * 200_000 + b"%x\r\n%s\r\n0\r\n\r\n" % (len(last), last)
        answers.append(raw(world, head.encode() + body, source=f"127.6.{number}.1", wait=30, limit=64))
    many(12, send, threads=12)
    judge.same("answers to 12 uploads in tiny chunks", [200] * 12, [status(answer) for answer in answers])
    world.rest()
