"""Login, tokens' claims, people switched off, and too many tries."""
import os
import statistics
import time

import tokens
from asking import Caller
from exactly.words import keys
from playground import email, password


def login(world, address, secret, source="127.0.4.1"):
    return Caller(world.place, source=source, observer=world.observer).post("/api/auth/login", {"email": address, "password": secret})


def right(judge, world):
    """the right password opens a session whose token works"""
    for name in ("root", "admin", "operator", "boxnox", "brand"):
        before = int(time.time())
        answer = login(world, email(name), password(name))
        told = answer.wanted(200)
        keys(judge, answer, ["success", "message", "data"], told)
        judge.same(answer, (True, "Login successful"), (told["success"], told["message"]))
        user = told["data"]["user"]
        keys(judge, answer, ["id", "email", "role", "first_name", "last_name"], user)
        roles = {"root": "super_admin", "boxnox": "reseller", "brand": "brand_user"}
        judge.same(answer, (email(name), roles.get(name, name)), (user["email"], user["role"]))
        claims = tokens.claims(told["data"]["token"])
        judge.same(f"{answer} claims", (user["id"], email(name), roles.get(name, name)), (claims["user_id"], claims["email"], claims["role"].lower()))
        judge.holds(f"{answer} claims", {"company_id", "company_type"} <= set(claims), "company_id and company_type", claims)
        judge.same(f"{answer} exp", claims["iat"] + 86_400, claims["exp"])
        judge.holds(f"{answer} iat", before - 2 <= claims["iat"] <= time.time() + 2, "this moment", claims["iat"])
        opened = Caller(world.place, told["data"]["token"], observer=world.observer).get("/api/uploads/batches")
        judge.same(f"{opened}, with {name}'s session", 200, opened.status)
    answer = login(world, email("admin").upper(), password("admin"))
    judge.one_of(f"{answer}, the address in capitals", (200, 401), answer.status)


def refusal(judge, answer, status, code):
    judge.same(answer, status, answer.status)
    judge.same(answer, (False, code), (answer.json.get("success"), answer.json.get("error", {}).get("code")))


def wrong(judge, world):
    """wrong, unknown and switched off look alike, and take alike"""
    bodies, times = [], {}
    for number, (name, secret) in enumerate((("admin", "wrong"), ("nobody-there", password("admin")), ("gone", password("gone")), ("admin", password("admin") + " "),
                                             ("admin", password("admin").upper()))):
        answer = login(world, email(name), secret, source=f"127.0.4.{10 + number}")
        refusal(judge, answer, 401, "AUTHENTICATION_ERROR")
        bodies.append(answer.body)
    judge.same("different answers", 1, len(set(bodies)))
    for name in ("operator", "nobody-there"):
        took = []
        for number in range(3):
            since = time.monotonic()
            login(world, email(name if name == "operator" else f"{name}{number}"), "wrong", source=f"127.0.5.{number + 1}")
            took.append(time.monotonic() - since)
        times[name] = statistics.median(took)
    judge.holds("seconds for a known and an unknown address", times["nobody-there"] > times["operator"] / 3, "about the same", times)


def malformed(judge, world):
    """what is no login: 400"""
    caller = Caller(world.place, source="127.0.4.30", observer=world.observer)
    for body in ({}, {"email": email("admin")}, {"password": "x"}, {"email": "no address", "password": "x"}, {"email": 7, "password": "x"},
                 {"email": email("admin"), "password": None}, {"email": email("admin"), "password": ["x"]}, [], "text", 7):
        answer = caller.post("/api/auth/login", body)
        judge.topic = f"a login of {str(body)[:50]}"
        refusal(judge, answer, 400, "VALIDATION_ERROR")
        judge.same(answer, "Invalid input data", answer.json["error"]["message"])
    for body in (b"", b"{", b"\xff\xfe\x00", b"email=x&password=y", b"[" * 100_000):
        answer = caller.ask("POST", "/api/auth/login", body, "application/json")
        judge.topic = f"a login of {body[:20]!r}"
        refusal(judge, answer, 400, "VALIDATION_ERROR")
    answer = caller.post("/api/auth/login", {"email": email("admin"), "password": "x" * 100_000})
    judge.one_of(f"{answer}, a password of 100,000 letters", (400, 401), answer.status)


def switched_off(judge, world):
    """a user that is switched off: its token stops at once"""
    caller = world.caller("watcher2")
    judge.same("before", 200, caller.get("/api/uploads/batches").status)
    world.switch_off("watcher2")
    answer = caller.get("/api/uploads/batches")
    judge.same(answer, (401, {"detail": "Not authenticated"}), answer.whole)
    refusal(judge, login(world, email("watcher2"), password("watcher2"), source="127.0.4.40"), 401, "AUTHENTICATION_ERROR")


def throttled(judge, world):
    """too many wrong passwords for one account: 429, also with the right one then; others go on"""
    seen = []
    for number in range(60):
        seen.append(login(world, email("victim"), f"wrong {number}", source="127.0.6.1"))
        if seen[-1].status == 429:
            break
    judge.one_of("answers to 60 wrong passwords", (429,), seen[-1].status)
    refusal(judge, seen[-1], 429, "PROCESSING_ERROR")
    judge.holds("wrong passwords until then", len(seen) >= 4, "a few are let through", len(seen))
    answer = login(world, email("victim"), password("victim"), source="127.0.6.1")
    judge.same(f"{answer}, the right one then, from there", 429, answer.status)
    answer = login(world, email("admin"), password("admin"), source="127.0.6.2")
    judge.same(f"{answer}, another account from another address", 200, answer.status)
    opened = world.caller("victim", source="127.0.6.3").get("/api/uploads/batches")
    judge.same(f"{opened}, the victim's own token", 200, opened.status)


def many_tokens(judge, world):
    """2,000 wrong tokens from one address: limited there, and another address does not notice"""
    caller, statuses = Caller(world.place, "wrong", source="127.0.7.1"), set()
    for number in range(2_000):
        caller.token = f"eyJhbGciOiJIUzI1NiJ9.e30.{number:043d}"
        statuses.add(caller.get("/api/uploads/batches").status)
    judge.same("answers to 2,000 wrong tokens from one address", {401, 429}, statuses)
    answer = world.caller("admin", source="127.0.7.2").get("/api/uploads/batches")
    judge.same(f"{answer}, a good token from another address", 200, answer.status)


def kept_safely(judge, world):
    """the key is nobody else's to read; passwords are not in the ledger, nor in any log"""
    mode = os.stat(os.path.join(world.root, ".ledger", "web.key")).st_mode & 0o777
    judge.same("mode of the key", oct(0o600), oct(mode))
    secret = password("admin").encode()
    places = [world.web.journal, world.daemon.journal] + [os.path.join(world.root, ".ledger", name) for name in os.listdir(os.path.join(world.root, ".ledger"))]
    for place in places:
        if os.path.isfile(place):
            with open(place, "rb") as file:
                content = file.read()
            judge.holds(place, secret not in content, "no password", "one")
            if place.endswith(".log"):
                judge.holds(place, world.tokens["admin"].encode() not in content, "no token", "one")


CHECKS = [right, wrong, malformed, switched_off, throttled, many_tokens, kept_safely]
