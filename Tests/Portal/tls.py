#!/usr/bin/env python3
"""sellout-web with a certificate of its own and another issuer's public key: who comes in over https, and with what.

    tls.py PROGRAMS-FOLDER
"""
import os
import re
import ssl
import subprocess
import sys
import time

import tokens
from asking import Caller, Unanswerable
from judging import Judge
from playground import Playground, Program, email

PATH = "/api/uploads/batches"


def openssl(*words, given=None):
    done = subprocess.run(["openssl", *words], input=given, capture_output=True)
    if done.returncode != 0:
        raise Unanswerable(f"openssl {words[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout


class Issuer:
    """Another service, which signs its tokens with a key that nobody else has."""

    def __init__(self, folder, name):
        self.key, self.public = (os.path.join(folder, f"{name}.{end}") for end in ("key", "pub"))
        openssl("genrsa", "-out", self.key, "2048")
        openssl("rsa", "-in", self.key, "-pubout", "-out", self.public)

    def token(self, claims, head=None):
        words = tokens.made(claims, b"", "none", head or {"alg": "RS256", "typ": "JWT"}).rstrip(".")
        return words + "." + tokens.encoded(openssl("dgst", "-sha256", "-sign", self.key, given=words.encode()))


class Secured:
    """A second sellout-web over the playground's root, with a certificate."""

    def __init__(self, world):
        self.port, self.issuer, self.forger = None, Issuer(world.folder, "issuer"), Issuer(world.folder, "forger")
        key, chain = (os.path.join(world.folder, f"server.{end}") for end in ("key", "pem"))
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", chain, "-days", "2", "-subj", "/CN=localhost",
                "-addext", "subjectAltName=IP:127.0.0.1")
        settings = {"tls_certificate": chain, "tls_key": key, "issuers_public_key": self.issuer.public, "unix_socket": "off"}
        # Beyond loopback, which it does only with a certificate.
        self.program = Program([world.program("sellout-web"), *world.config("secured", settings), "--root", world.root, "--profiles",
                                world.profiles, "--listen", "0.0.0.0:0"], os.path.join(world.folder, "secured.log"))
        self.trust = ssl.create_default_context(cafile=chain)

    def caller(self, token=None, trust=None):
        return Caller(("127.0.0.1", self.port), token, tls=trust or self.trust)

    def listens(self):
        """It says itself which port the system has given it."""
        found = re.search(r"https://0\.0\.0\.0:(\d+)", self.program.said())
        self.port = found and int(found[1])
        return self.port


def issued_tokens(judge, world, secured):
    """tokens of another issuer: its signature, its algorithm, and nothing else"""
    now = int(time.time())
    claims = {"email": email("root"), "iat": now, "exp": now + 600}
    with open(secured.issuer.public, "rb") as file:
        public = file.read()
    for what, status, token in (
            ("RS256", 200, secured.issuer.token(claims)),
            ("our own HS256", 200, world.tokens["root"]),
            ("HS256 with the public key's text as the secret", 401, tokens.made(claims, public)),
            ("HS256 with the public key's text, trimmed", 401, tokens.made(claims, public.strip())),
            ("alg none", 401, tokens.made(claims, b"", "none")),
            ("alg none, and the issuer's signature", 401, secured.issuer.token(claims, {"alg": "none", "typ": "JWT"})),
            ("RS256 by another key", 401, secured.forger.token(claims)),
            ("RS256, expired", 401, secured.issuer.token({**claims, "exp": now - 600})),
            ("RS256 of nobody here", 401, secured.issuer.token({**claims, "email": "nobody@people.example"}))):
        answer = secured.caller(token).get(PATH)
        judge.same(f"{answer} over https with {what}", status, answer.status)


def only_tls(judge, world, secured):
    """the port speaks TLS 1.2 and later, with that certificate, and nothing else"""
    try:
        answer = Caller(("127.0.0.1", secured.port), world.tokens["root"]).get(PATH, timeout=5)
        judge.failed("plain HTTP on the port of TLS", "no answer", answer)
    except Unanswerable:
        judge.count += 1
    try:
        answer = secured.caller(world.tokens["root"], trust=ssl.create_default_context()).get(PATH)
        judge.failed("a client that does not know the certificate", "no answer", answer)
    except Unanswerable as fault:
        judge.holds("a client that does not know the certificate", "CERTIFICATE_VERIFY_FAILED" in str(fault), "to refuse it", fault)
    # The issuer's tokens are taken only where its key is configured.
    answer = world.caller().ask("GET", PATH, headers={"Authorization": f"Bearer {secured.issuer.token({'email': email('root')})}"})
    judge.same(f"{answer} with RS256 where no issuer is configured", 401, answer.status)


def main():
    judge = Judge("tls")
    with Playground(sys.argv[1], people={"root": ["--role", "super_admin"]}) as world:
        secured = Secured(world)
        secured.program.start()
        try:
            world.until(lambda: secured.listens() or world.dead(secured.program), "sellout-web to answer over https", 20, secured.program.said)
            judge.run([issued_tokens, only_tls], world, secured)
        finally:
            secured.program.kill()
    judge.end()


if __name__ == "__main__":
    main()
