"""Registering, profiles, forgotten passwords, invitations, and switching users off."""
import os
import statistics
import threading
import time

import tokens
from asking import Caller
from exactly.words import keys
from fitting.words import SECRET, Letters, Person, examples, login, nobody, refused, source, with_brand
from fitting.clock import later, snapshot
from playground import email

ROLES = ("brand_admin", "brand_user", "retailer_admin", "retailer_user")
GOOD = {"email": "good@costa.example", "password": SECRET, "role": "brand_admin", "first_name": "Ines", "last_name": "Costa"}
FORGOT = {"success": True, "message": "If the address is known, a message is on its way"}


def registering(judge, world):
    """each of the four roles opens an account and a session; the documented example among them"""
    for number, role in enumerate((*ROLES, "BRAND_ADMIN", "Retailer_User")):
        address = f"reg{number}@costa.example" if number else "ines@costa.example"
        before = int(time.time())
        answer = nobody(world).post("/api/auth/register", {"email": address, "password": "tide-and-salt", "role": role, "first_name": "Ines", "last_name": "Costa"})
        told = answer.wanted(200)
        keys(judge, answer, ["success", "message", "data"], told)
        user = {"id": told["data"]["user"]["id"], "email": address, "role": role.lower(), "first_name": "Ines", "last_name": "Costa"}
        judge.same(answer, (True, "User registered successfully", user), (told["success"], told["message"], told["data"]["user"]))
        claims = tokens.claims(told["data"]["token"])
        judge.same(f"{answer} claims", (user["id"], address, role.lower(), None, None), (claims["user_id"], claims["email"], claims["role"].lower(), claims["company_id"], claims["company_type"]))
        judge.same(f"{answer} exp", claims["iat"] + 86_400, claims["exp"])
        judge.holds(f"{answer} iat", before - 2 <= claims["iat"] <= time.time() + 2, "this moment", claims["iat"])
        profile = Caller(world.place, told["data"]["token"], source(), world.observer).get("/api/users/profile")
        judge.same(profile, (200, {"success": True, "data": {**user, "phone": None, "company_id": None, "company_type": None}}), profile.whole)
        again = login(world, address, "tide-and-salt")
        judge.same(again, ("Login successful", user), (again.wanted(200)["message"], again.json["data"]["user"]))
    judge.holds("ids of users", len({Person(world).id for _ in range(3)}) == 3, "one for each", "one twice")
    phone = nobody(world).post("/api/auth/register", {**GOOD, "email": "phone@costa.example", "phone": "+351210000000"}).wanted(200)["data"]["token"]
    judge.same("the phone", "+351210000000", Caller(world.place, phone, source()).get("/api/users/profile").wanted(200)["data"]["phone"])


def refused_registering(judge, world):
    """what is no registration: 400 with the fields; both documented examples to the byte"""
    fields, role = examples(judge, "registerUser", 400)
    answer = nobody(world).post("/api/auth/register", {**GOOD, "email": "no address"})
    judge.same(answer, (400, fields), answer.whole)
    for unwanted in ("admin", "super_admin", "operator", "reseller", "SUPER_ADMIN", "Operator", "aDmIn"):
        answer = nobody(world).post("/api/auth/register", {**GOOD, "email": "role@costa.example", "role": unwanted})
        judge.same(f"{answer} as {unwanted}", (400, role), answer.whole)
    wrong = [({"role": other}, ["role"]) for other in ("", "boss", None, 7, "brand_admin ", "brand-admin")]
    wrong += [({"email": other}, ["email"]) for other in ("", None, 7, "@", "a@", "a b@costa.example", "a@costa.example\r\nBcc: b@costa.example", "a" * 400 + "@costa.example")]
    wrong += [({"password": other}, ["password"]) for other in ("", "seven77", None, 12_345_678, ["tide-and-salt"])]
    wrong += [({name: other}, [name]) for name in ("first_name", "last_name", "phone") for other in (7, None, {"a": 1}, ["b"])]
    wrong += [({name: None for name in ("email", "password", "role")}, ["email", "password", "role"])]
    for change, names in wrong:
        answer = nobody(world).post("/api/auth/register", {**GOOD, **change})
        refused(judge, answer, 400, names)
    for missing in GOOD:
        answer = nobody(world).post("/api/auth/register", {name: value for name, value in GOOD.items() if name != missing})
        refused(judge, answer, 400, [missing])
    for body in (b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe", b"[" * 50_000):
        refused(judge, nobody(world).ask("POST", "/api/auth/register", body, "application/json"), 400)
    known = {user["email"] for user in world.caller("root").get("/api/admin/users").wanted(200)["data"]}
    judge.holds("users", not known & {"good@costa.example", "role@costa.example"}, "nobody who was refused", known)
    answer = nobody(world).post("/api/auth/register", {**GOOD, "email": "eight@costa.example", "password": "eight888"})
    judge.same(f"{answer}, a password of eight letters", 200, answer.status)


def taken_addresses(judge, world):
    """an address that is taken, in any case: 409, and its password stays"""
    person = Person(world)
    for address in (person.email, person.email.upper(), email("root"), email("gone")):
        refused(judge, nobody(world).post("/api/auth/register", {**GOOD, "email": address, "password": "another-secret"}), 409)
    judge.same("the old password", 200, login(world, person.email, SECRET).status)
    refused(judge, login(world, person.email, "another-secret"), 401)
    answers, address = [], "raced@costa.example"
    threads = [threading.Thread(target=lambda: answers.append(nobody(world).post("/api/auth/register", {**GOOD, "email": address}).status)) for _ in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    judge.same("six who register one address at once", [200] + [409] * 5, sorted(answers))


def profiles(judge, world):
    """one's own profile changes in what may change, and in nothing else"""
    person = Person(world)
    caller, before = person.caller, person.caller.get("/api/users/profile").wanted(200)["data"]
    answer = caller.with_json("PUT", "/api/users/profile", {"phone": "+351210000000"})
    judge.same(answer, (200, {"success": True, "message": "Saved", "data": {**before, "phone": "+351210000000"}}), answer.whole)
    answer = caller.with_json("PUT", "/api/users/profile", {"first_name": "Inês", "last_name": "d’Açosta"})
    now = {**before, "phone": "+351210000000", "first_name": "Inês", "last_name": "d’Açosta"}
    judge.same(answer, now, answer.wanted(200)["data"])
    answer = caller.with_json("PUT", "/api/users/profile", {"role": "super_admin", "email": "root@people.example", "id": 1, "company_id": 1, "company_type": "brand"})
    judge.one_of(answer, (200, 400), answer.status)
    judge.same("the profile then", now, caller.get("/api/users/profile").wanted(200)["data"])
    for name in ("first_name", "last_name", "phone"):
        for other in (7, ["a"], {"b": 1}, True):
            refused(judge, caller.with_json("PUT", "/api/users/profile", {name: other}), 400, [name])
    for body in (b"", b"{", b"[]", b"7"):
        refused(judge, caller.ask("PUT", "/api/users/profile", body, "application/json"), 400)
    judge.same("the profile at the end", now, caller.get("/api/users/profile").wanted(200)["data"])


def forgotten(judge, world):
    """a forgotten password: a link by mail, good once; the old password ends with it"""
    person, letters = Person(world), Letters(world)
    answer = nobody(world).post("/api/auth/forgot-password", {"email": person.email})
    judge.same(answer, (200, FORGOT), answer.whole)
    token = letters.token(person.email)
    judge.holds("the token", len(token) >= 20, "too long to be guessed", len(token))
    for weak in ("seven77", "", None, 7):
        refused(judge, nobody(world).post("/api/auth/reset-password", {"token": token, "password": weak}), 400, ["password"])
    for wrong in (token[:-1], token + "0", token.swapcase(), "r9Xk2", "", None, 7, "x" * 10_000):
        refused(judge, nobody(world).post("/api/auth/reset-password", {"token": wrong, "password": "new-tide-and-salt"}), 400, ["token"])
    judge.same("the old password, until then", 200, login(world, person.email, SECRET).status)
    answer = nobody(world).post("/api/auth/reset-password", {"token": token, "password": "new-tide-and-salt"})
    judge.same(answer, (200, {"success": True, "message": "Password changed"}), answer.whole)
    judge.same("the new password", 200, login(world, person.email, "new-tide-and-salt").status)
    refused(judge, login(world, person.email, SECRET), 401)
    refused(judge, nobody(world).post("/api/auth/reset-password", {"token": token, "password": "a-third-secret"}), 400, ["token"])
    judge.same("the new password, after the second try", 200, login(world, person.email, "new-tide-and-salt").status)


def at_once(judge, world):
    """one link used by six at once: one of them sets the password"""
    person = Person(world)
    nobody(world).post("/api/auth/forgot-password", {"email": person.email}).wanted(200)
    token, done = Letters(world).token(person.email), []

    def use(number):
        if nobody(world).post("/api/auth/reset-password", {"token": token, "password": f"secret-number-{number}"}).status == 200:
            done.append(number)
    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    judge.same("passwords that were set", 1, len(done))
    judge.same("those that open the account", done, [number for number in range(6) if login(world, person.email, f"secret-number-{number}").status == 200])


def an_hour(judge, world):
    """a reset link is good for an hour, an invitation for seven days"""
    for seconds, status in ((3_540, 200), (3_660, 400)):
        person, before = Person(world), snapshot(world)
        nobody(world).post("/api/auth/forgot-password", {"email": person.email}).wanted(200)
        token = Letters(world).token(person.email)
        later(world, before, seconds)
        answer = nobody(world).post("/api/auth/reset-password", {"token": token, "password": "new-tide-and-salt"})
        judge.same(f"{answer}, {seconds} s later", status, answer.status)
    maker = with_brand(world)
    for days, status in ((6.9, 200), (7.1, 400)):
        before, address = snapshot(world), f"late{status}@costa.example"
        maker.caller.post("/api/users/invite", {"email": address, "role": "brand_user", "first_name": "Rui", "last_name": "Alves"}).wanted(200)
        token = Letters(world).token(address)
        later(world, before, int(days * 86_400))
        answer = nobody(world).post("/api/auth/reset-password", {"token": token, "password": "new-tide-and-salt"})
        judge.same(f"{answer}, {days} days later", status, answer.status)


def nobody_knows(judge, world):
    """asking for an address that nobody has: the same answer in the same time, and no letter"""
    took, bodies = {True: [], False: []}, set()
    for number in range(8):
        for known in (True, False):
            address = Person(world).email if known else f"unknown{number}@costa.example"
            since = time.monotonic()
            answer = nobody(world).post("/api/auth/forgot-password", {"email": address})
            took[known].append(time.monotonic() - since)
            headers = tuple(sorted((name, value) for name, value in answer.headers.items() if name not in ("date",)))
            bodies.add((answer.status, answer.body, headers))
            if not known:
                judge.same(f"letters to {address}", [], Letters(world).to(address))
    judge.same("different answers", 1, len(bodies))
    for address in (email("gone"), "gone@people.example ".strip().upper()):
        answer = nobody(world).post("/api/auth/forgot-password", {"email": address})
        judge.same(f"{answer}, of one who is switched off", (200, FORGOT), answer.whole)
    judge.same("letters to one who is switched off", [], Letters(world).to(email("gone")))
    known, unknown = statistics.median(took[True]), statistics.median(took[False])
    judge.holds("seconds for a known and an unknown address", max(known, unknown) < 2 * min(known, unknown) + 0.01, "about the same", (known, unknown))
    for wrong in ({}, {"email": "no address"}, {"email": 7}, {"email": None}, [], {"email": ""}):
        refused(judge, nobody(world).post("/api/auth/forgot-password", wrong), 400)


def inviting(judge, world):
    """a colleague is invited, accepts by the link, and belongs to the company; others do not"""
    maker, other, letters = with_brand(world), with_brand(world), Letters(world)
    rui = {"email": f"rui.{maker.id}@costa.example", "role": "brand_user", "first_name": "Rui", "last_name": "Alves"}
    answer = maker.caller.post("/api/users/invite", rui)
    told = {"id": answer.wanted(200)["data"]["id"], **rui, "is_active": False}
    judge.same(answer, (200, {"success": True, "message": "Invitation sent", "data": told}), answer.whole)
    refused(judge, maker.caller.post("/api/users/invite", rui), 409)
    refused(judge, other.caller.post("/api/users/invite", {**rui, "email": rui["email"].upper()}), 409)
    refused(judge, login(world, rui["email"], SECRET), 401)
    listed = maker.caller.get("/api/users/company-users").wanted(200)["data"]
    judge.holds("the company's users", told in listed, told, listed)
    token = letters.token(rui["email"])
    nobody(world).post("/api/auth/reset-password", {"token": token, "password": SECRET}).wanted(200)
    refused(judge, nobody(world).post("/api/auth/reset-password", {"token": token, "password": SECRET}), 400)
    session = Caller(world.place, login(world, rui["email"], SECRET).wanted(200)["data"]["token"], source(), world.observer)
    judge.same("the colleague's brand", maker.brand, session.get("/api/brands/profile").wanted(200)["data"]["brand_name"])
    mine = maker.caller.get("/api/users/profile").wanted(200)["data"]
    theirs = session.get("/api/users/profile").wanted(200)["data"]
    judge.same("the colleague's company", (mine["company_id"], "brand"), (theirs["company_id"], theirs["company_type"]))
    listed = maker.caller.get("/api/users/company-users").wanted(200)["data"]
    judge.holds("the company's users", {**told, "is_active": True} in listed, "the colleague, active", listed)
    listed = other.caller.get("/api/users/company-users").wanted(200)["data"]
    judge.holds("another company's users", rui["email"] not in [user["email"] for user in listed], "without the colleague", listed)
    refused(judge, session.post("/api/users/invite", {**rui, "email": "more@costa.example"}), 403)
    for role in ("super_admin", "admin", "operator", "reseller", "retailer_admin", "retailer_user"):
        answer = maker.caller.post("/api/users/invite", {**rui, "email": f"{role}@costa.example", "role": role})
        judge.one_of(f"{answer} as {role}", (400, 403), answer.status)
    for change, field in (({"email": "no address"}, "email"), ({"role": "boss"}, "role"), ({"first_name": 7}, "first_name"), ({"last_name": None}, "last_name"),
                          ({"email": "a@costa.example\nBcc: b@costa.example"}, "email")):
        refused(judge, maker.caller.post("/api/users/invite", {**rui, "email": f"w{maker.id}@costa.example", **change}), 400, [field])
    hostile = f"hostile{maker.id}@costa.example"
    answer = maker.caller.post("/api/users/invite", {**rui, "email": hostile, "first_name": "Rui\r\nBcc: evil@costa.example\r\n\r\n<script>"})
    if judge.one_of(f"{answer}, a name with lines", (200, 400), answer.status) and answer.status == 200:
        letter = letters.last(hostile)
        judge.holds("its letter", letter["bcc"] is None and "evil@" not in str(letter["to"]), "no header of a stranger", letter.as_string()[:300])


def switching_off(judge, world):
    """an administrator switches a user off: its token and its password end at once; on again"""
    person, root = Person(world), world.caller("root", source=source())
    caller = person.caller
    listed = {user["id"]: user for user in root.get("/api/admin/users").wanted(200)["data"]}
    expected = {"id": person.id, "email": person.email, "role": "brand_admin", "first_name": "Ines", "last_name": "Costa", "is_active": True}
    judge.same("the list's line", expected, listed.get(person.id))
    judge.holds("the list", {email(name) for name in world.people if name != "stranger"} <= {user["email"] for user in listed.values()}, "everybody of the tenant", len(listed))
    judge.holds("the list", email("stranger") not in {user["email"] for user in listed.values()}, "nobody of another tenant", len(listed))
    for active in (False, False, True):
        answer = root.with_json("PUT", f"/api/admin/users/{person.id}/status", {"is_active": active})
        judge.same(answer, (200, {"success": True, "message": "Saved", "data": {**expected, "is_active": active}}), answer.whole)
        if active:
            judge.same("a login again", 200, login(world, person.email, SECRET).status)
        else:
            refused(judge, caller.get("/api/users/profile"), 401)
            refused(judge, login(world, person.email, SECRET), 401)
    for wrong in ({}, {"is_active": None}, {"is_active": "false"}, {"is_active": 0}, []):
        refused(judge, root.with_json("PUT", f"/api/admin/users/{person.id}/status", wrong), 400)
    audit = [line for line in world.listing("audit") if person.email in str(line)]
    judge.holds("audit of the switch", [line for line in audit if email("root") in line["actor"]], "who did it", audit[:3])


def kept_safely(judge, world):
    """passwords and the tokens of links are in no ledger and in no journal"""
    person = Person(world, secret="a secret that stays one")
    nobody(world).post("/api/auth/forgot-password", {"email": person.email}).wanted(200)
    token = Letters(world).token(person.email)
    places = [world.web.journal, world.daemon.journal] + [os.path.join(world.root, ".ledger", name) for name in os.listdir(os.path.join(world.root, ".ledger"))]
    for place in filter(os.path.isfile, places):
        with open(place, "rb") as file:
            content = file.read()
        for what, secret in (("password", person.secret), ("token", token)):
            judge.holds(place, secret.encode() not in content, f"no {what}", "one")
    for path in os.scandir(Letters(world).folder):
        judge.holds(path.name, path.stat().st_mode & 0o007 == 0, "a letter that not everybody reads", oct(path.stat().st_mode))


CHECKS = [registering, refused_registering, taken_addresses, profiles, forgotten, at_once, an_hour, nobody_knows, inviting, switching_off, kept_safely]
