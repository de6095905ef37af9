#!/usr/bin/env python3
"""Links that come by mail: through a real sendmail (msmtp) to a real server of mails, and kept as files where neither is there.

    mail.py PROGRAMS-FOLDER
"""
import concurrent.futures
import email
import email.policy
import http.cookies
import os
import re
import shutil
import sys
import tempfile
import threading
import time
import urllib.parse

from aiosmtpd.controller import Controller

from asking import Caller, Unanswerable
from judging import Judge
from playground import Playground, free_port

MSMTP = shutil.which("msmtp") or sys.exit("msmtp is not installed")
PUBLIC = "https://sellout.example/house"
LINK = re.compile(re.escape(PUBLIC) + r"/reset\?token=([A-Za-z0-9_-]+)\s")
PASSWORD = "tide and salt"


class Sink:
    """A server of mails that keeps what it gets."""

    def __init__(self):
        self.got, self.changed, self.port = [], threading.Condition(), free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server, session, envelope):
        with self.changed:
            self.got.append(envelope)
            self.changed.notify_all()
        return "250 taken"

    def letter(self, address, limit=20):
        """The last mail to that address, taken out."""
        mine = lambda: [envelope for envelope in self.got if envelope.rcpt_tos == [address]]
        with self.changed:
            if not self.changed.wait_for(mine, limit):
                raise Unanswerable(f"no mail has come to {address} within {limit} s; there are {[one.rcpt_tos for one in self.got]}")
            found = mine()[-1]
            self.got = [envelope for envelope in self.got if envelope is not found]
            return found


class Post:
    """msmtp as `sendmail`, which can be held up."""

    def __init__(self, port):
        self.folder = tempfile.mkdtemp(prefix="mail-")
        self.program, self.held = os.path.join(self.folder, "sendmail"), os.path.join(self.folder, "held")
        self.write("msmtprc", f"account default\nhost 127.0.0.1\nport {port}\nfrom sellout@house.example\ntls off\nauth off\n", 0o600)
        self.write("sendmail", f"#!/bin/sh\necho \"$*\" >> {self.folder}/words\nwhile [ -e {self.held} ]; do sleep 0.05; done\n"
                   f"exec {MSMTP} -C {self.folder}/msmtprc \"$@\"\n", 0o755)

    def write(self, name, text, mode):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)

    def hold(self):
        open(self.held, "w").close()

    def let_go(self):
        os.unlink(self.held)


class Scene:
    def __init__(self, world, sink, post):
        self.world, self.sink, self.post, self.count = world, sink, post, 0

    def caller(self, token=None):
        """Each from an address of its own, since limits count by address."""
        self.count += 1
        return Caller(self.world.place, token, f"127.1.{self.count // 250}.{self.count % 250 + 1}", self.world.observer)

    def registered(self, address, role="brand_admin"):
        told = {"email": address, "password": PASSWORD, "role": role, "first_name": "Ines", "last_name": "Costa"}
        return self.caller().post("/api/auth/register", told).wanted(200)["data"]["token"]

    def forgot(self, address):
        return self.caller().post("/api/auth/forgot-password", {"email": address})

    def reset(self, token, password="new " + PASSWORD):
        return self.caller().post("/api/auth/reset-password", {"token": token, "password": password})

    def signs_in(self, address, password):
        return self.caller().post("/api/auth/login", {"email": address, "password": password}).status == 200

    def token_of(self, envelope):
        text = email.message_from_bytes(envelope.content, policy=email.policy.default).get_content()
        found = LINK.search(text)
        if not found:
            raise Unanswerable(f"no link in {text!r}")
        return found[1]

    def kept(self):
        folder = os.path.join(self.world.root, "operations", "outbox", "mail")
        return sorted(os.path.join(folder, name) for name in os.listdir(folder)) if os.path.isdir(folder) else []


def by_mail(judge, scene):
    """a forgotten password is set by the link in the mail, once"""
    session = scene.registered("ines@costa.example")
    answer = scene.forgot("Ines@Costa.example")
    judge.same(answer, (200, {"success": True, "message": "If the address is known, a message is on its way"}), answer.whole)
    envelope = scene.sink.letter("ines@costa.example")
    judge.same("the sender on the envelope", "sellout@house.example", envelope.mail_from)
    message = email.message_from_bytes(envelope.content, policy=email.policy.default)
    judge.same("faults of the mail", [], list(message.defects))
    judge.same("its head", ("sellout@house.example", "ines@costa.example", "auto-generated", "text/plain"),
               (message["From"].addresses[0].addr_spec, message["To"].addresses[0].addr_spec, message["Auto-Submitted"], message.get_content_type()))
    judge.holds("its date", abs(message["Date"].datetime.timestamp() - time.time()) < 120, "now", message["Date"])
    token = scene.token_of(envelope)
    judge.same("a password of seven letters", 400, scene.reset(token, "7 chars").status)
    answer = scene.reset(token)
    judge.same(answer, (200, {"success": True, "message": "Password changed"}), answer.whole)
    judge.same("who signs in: the new password, the old one", (True, False),
               (scene.signs_in("ines@costa.example", "new " + PASSWORD), scene.signs_in("ines@costa.example", PASSWORD)))
    judge.same("the session from before", 401, scene.caller(session).get("/api/users/profile").status)
    over(judge, scene.reset(token))
    with open(os.path.join(scene.post.folder, "words")) as file:
        judge.same("what sendmail is told", {"-i -t"}, set(file.read().splitlines()))


def over(judge, answer):
    judge.same(answer, (400, "VALIDATION_ERROR", "Invalid input data", ["token"]),
               (answer.status, answer.json["error"]["code"], answer.json["error"]["message"], list(answer.json["error"].get("details", {}))))


def too_late(judge, scene):
    """an hour later the link is over; so is one that a newer one has followed"""
    scene.registered("late@costa.example")
    tokens = []
    for _ in range(2):
        scene.forgot("late@costa.example")
        tokens.append(scene.token_of(scene.sink.letter("late@costa.example")))
    over(judge, scene.reset(tokens[0]))
    with scene.world.ledger() as ledger:
        left = ledger.execute("SELECT until FROM account_links ORDER BY until DESC LIMIT 1").fetchone()[0] / 1000 - time.time()
        judge.holds("seconds that a link is good for", 3_500 < left <= 3_600, "an hour", left)
        ledger.execute("UPDATE account_links SET until = until - 3600000")
    over(judge, scene.reset(tokens[1]))
    judge.holds("the password", scene.signs_in("late@costa.example", PASSWORD), "to be the old one still", "another")


def once_of_many(judge, scene):
    """of eight who follow one link at a time one sets the password"""
    scene.registered("eight@costa.example")
    scene.forgot("eight@costa.example")
    token = scene.token_of(scene.sink.letter("eight@costa.example"))
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: (number, scene.reset(token, f"password {number}")), range(8)))
    good = [number for number, answer in answers if answer.status == 200]
    judge.same("how many were told that it is set", 1, len(good))
    judge.holds("the others", all(answer.status in (200, 400, 429) for _, answer in answers), "400, or told to come again", [answer.status for _, answer in answers])
    judge.holds("the password", scene.signs_in("eight@costa.example", f"password {good[0]}"), f"number {good[0]}", "another")


def nobody(judge, scene):
    """an unknown address gets the same bytes, while the mail program hangs too, and no mail"""
    scene.registered("known@costa.example")
    scene.post.hold()
    try:
        answers = [scene.forgot(address) for address in ("known@costa.example", "unknown@costa.example")]
        judge.same("answers, in bytes", 1, len({(answer.status, answer.body) for answer in answers}))
        same = [{name: value for name, value in answer.headers.items() if name != "date"} for answer in answers]
        judge.same("their heads", same[0], same[1])
        judge.same("mails that came meanwhile", 0, len(scene.sink.got))
    finally:
        scene.post.let_go()
    scene.sink.letter("known@costa.example")
    time.sleep(0.5)
    judge.same("mails to others", [], [envelope.rcpt_tos for envelope in scene.sink.got])


def hostile_addresses(judge, scene):
    """no address brings a line of its own into a mail's head, or a second receiver"""
    host = scene.world.tokens["root"]
    before = len(scene.sink.got)
    for address in ("ines@costa.example\r\nBcc: all@costa.example", "ines@costa.example\nBcc: x@y", "ines@costa.example,all@costa.example",
                    "ines@costa.example all@costa.example", "-oQ/tmp@costa.example\0", "\"ines\r\n\"@costa.example", "<ines@costa.example>", "ines@costa.example\u2028x"):
        answers = [scene.forgot(address), scene.caller().post("/api/auth/register", {"email": address, "password": PASSWORD, "role": "brand_user", "first_name": "I", "last_name": "C"}),
                   scene.caller(host).post("/api/users/invite", {"email": address, "role": "admin", "first_name": "I", "last_name": "C"})]
        for answer in answers:
            judge.same(f"{answer}, {address!r}", (400, "not an address"), (answer.status, answer.json["error"].get("details", {}).get("email")))
    # A name may hold what it likes within its line; none of it is in the mail.
    scene.caller(host).post("/api/users/invite", {"email": "named@costa.example", "role": "admin", "first_name": "Bcc: all@costa.example", "last_name": "https://evil.example"}).wanted(200)
    envelope = scene.sink.letter("named@costa.example")
    judge.holds("the mail", b"evil" not in envelope.content and b"all@" not in envelope.content, "no stranger's word", envelope.content)
    judge.same("other mails", before, len(scene.sink.got))


def invited(judge, scene):
    """who is invited comes in by the link in the mail, into the company that invited"""
    host = scene.registered("host@costa.example")
    with scene.world.ledger() as ledger:
        ledger.execute("UPDATE users SET company_id = 6, company_type = 'brand' WHERE email = 'host@costa.example'")
    told = {"email": "rui@costa.example", "role": "brand_user", "first_name": "Rui", "last_name": "Alves"}
    answer = scene.caller(host).post("/api/users/invite", told)
    judge.same(answer, (True, "Invitation sent", False), (answer.json["success"], answer.json["message"], answer.json["data"]["is_active"]))
    token = scene.token_of(scene.sink.letter("rui@costa.example"))
    judge.holds("who was invited", not scene.signs_in("rui@costa.example", "new " + PASSWORD), "not to be in yet", "in")
    judge.same("setting the password", 200, scene.reset(token).status)
    judge.holds("who was invited", scene.signs_in("rui@costa.example", "new " + PASSWORD), "to be in", "not in")
    seen = scene.caller(host).get("/api/users/company-users").wanted(200)["data"]
    judge.same("colleagues", [("host@costa.example", True), ("rui@costa.example", True)], [(one["email"], one["is_active"]) for one in seen])
    over(judge, scene.reset(token))


def by_page(judge, scene):
    """the link leads to a page on which the password is set without script, and not from elsewhere"""
    scene.registered("page@costa.example")
    caller = scene.caller()
    page = caller.get("/forgot")
    jar = http.cookies.SimpleCookie(page.headers["set-cookie"])
    cookie = {"Cookie": f"sellout_visit={jar['sellout_visit'].value}"}
    csrf = lambda page: re.search(r'name="csrf" value="([^"]+)"', page.text)[1]
    form = lambda path, **fields: caller.ask("POST", path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded", headers=cookie)
    judge.same("the form for a link", 200, form("/forgot", csrf=csrf(page), email="page@costa.example").status)
    token = scene.token_of(scene.sink.letter("page@costa.example"))
    page = caller.get(f"/reset?token={token}", headers=cookie)
    judge.holds(page, page.status == 200 and "page@costa.example" in page.text, "a page for them", page.text[:300])
    for fields in ({"csrf": "x"}, {}):
        answer = form("/reset", token=token, password="new " + PASSWORD, **fields)
        judge.holds(answer, answer.status == 401 and not scene.signs_in("page@costa.example", "new " + PASSWORD), "refused", answer.status)
    judge.same("a short one", 422, form("/reset", token=token, password="7 chars", csrf=csrf(page)).status)
    answer = form("/reset", token=token, password="new " + PASSWORD, csrf=csrf(page))
    judge.same(answer, (303, "/login?done=renewed"), (answer.status, answer.headers.get("location")))
    judge.holds("the password", scene.signs_in("page@costa.example", "new " + PASSWORD), "the new one", "the old one")
    for path in (f"/reset?token={token}", "/reset?token=%3Cscript%3E", "/reset"):
        answer = caller.get(path, headers=cookie)
        judge.holds(answer, answer.status == 404 and "<script>" not in answer.text, "the page for links that are over", answer.text[:300])


def no_server(judge, scene):
    """where no server of mails answers the letter is kept as a file, and its link is good"""
    scene.registered("kept@costa.example")
    scene.sink.controller.stop()
    scene.forgot("kept@costa.example")
    scene.world.until(lambda: scene.kept(), "the letter to be kept", 60, scene.world.web.said)
    path = scene.kept()[0]
    judge.same("its mode", 0o640, os.stat(path).st_mode & 0o777)
    with open(path, "rb") as file:
        content = file.read()
    judge.holds("its lines", content.count(b"\n") == content.count(b"\r\n"), "CRLF at each end", content)
    found = LINK.search(email.message_from_bytes(content, policy=email.policy.default).get_content())
    judge.same("setting the password", 200, scene.reset(found[1]).status)
    scene.world.until(lambda: path in scene.world.web.said(), "a line in the log", 5, scene.world.web.said)
    return found[1]


def nothing_leaks(judge, scene):
    """neither log nor audit nor ledger holds a token or a password"""
    scene.registered("quiet@costa.example")
    scene.forgot("quiet@costa.example")
    scene.world.until(lambda: len(scene.kept()) > 1, "the letter to be kept", 60)
    with open(scene.kept()[-1]) as file:
        token = LINK.search(file.read())[1].encode()
    page = scene.caller().get(f"/reset?token={token.decode()}")
    judge.same(page, 200, page.status)
    folder = os.path.join(scene.world.root, ".ledger")
    places = [scene.world.web.journal, scene.world.daemon.journal] + [os.path.join(folder, name) for name in os.listdir(folder)]
    for place in (place for place in places if os.path.isfile(place)):
        with open(place, "rb") as file:
            content = file.read()
        judge.holds(place, token not in content and PASSWORD.encode() not in content, "no secret", "one")
    audit = scene.world.ctl("audit", "--json")
    judge.holds("the audit log", token.decode() not in audit and "make reset link" in audit, "the step, and no token", audit[-300:])


CHECKS = [by_mail, too_late, once_of_many, nobody, hostile_addresses, invited, by_page, no_server, nothing_leaks]


def main():
    judge, sink = Judge("mail"), Sink()
    post = Post(sink.port)
    sink.controller.start()
    settings = {"public_url": PUBLIC + "/", "mail": {"sendmail": post.program, "from": "sellout@house.example"}}
    try:
        with Playground(sys.argv[1], settings, people={"root": ["--role", "super_admin"]}, observer=judge.documented) as world:
            judge.run(CHECKS, Scene(world, sink, post))
    finally:
        shutil.rmtree(post.folder, ignore_errors=True)
    judge.end()


if __name__ == "__main__":
    main()
