"""Tokens as somebody would forge them."""
import base64
import hashlib
import hmac
import json
import os
import time

from asking import Unanswerable


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def claims(token):
    return json.loads(decoded(token.split(".")[1]))


def made(claims, key, algorithm="HS256", head=None):
    words = ".".join(encoded(json.dumps(part).encode()) for part in (head or {"alg": algorithm, "typ": "JWT"}, claims))
    digest = {"HS256": hashlib.sha256, "HS384": hashlib.sha384, "HS512": hashlib.sha512}.get(algorithm)
    return f"{words}.{encoded(hmac.new(key, words.encode(), digest).digest()) if digest else ''}"


def key_of(root, token):
    """The key of the programs, proved by a token that they have made."""
    with open(os.path.join(root, ".ledger", "web.key"), "rb") as file:
        told = file.read()
    words, signature = token.rsplit(".", 1)
    candidates = [told, told.strip()]
    for reading in (lambda: bytes.fromhex(told.strip().decode()), lambda: base64.b64decode(told.strip()), lambda: decoded(told.strip().decode())):
        try:
            candidates.append(reading())
        except ValueError:
            pass
    for key in candidates:
        if encoded(hmac.new(key, words.encode(), hashlib.sha256).digest()) == signature:
            return key
    raise Unanswerable("the key file does not make the tokens' signatures")


def forged(world):
    """What must not open anything, by what is wrong with it: the whole value of the header Authorization."""
    good, now = world.tokens["root"], int(time.time())
    key, told = key_of(world.root, good), claims(good)
    head, body, signature = good.split(".")
    other = encoded(bytes(byte ^ 1 for byte in decoded(signature)))
    without = lambda name: {claim: value for claim, value in told.items() if claim != name}
    bearers = {
        "an empty token": "",
        "no JWT": "garbage",
        "two parts only": f"{head}.{body}",
        "four parts": f"{good}.{signature}",
        "an empty signature": f"{head}.{body}.",
        "another signature": f"{head}.{body}.{other}",
        "half a signature": f"{head}.{body}.{signature[:20]}",
        "another body": f"{head}.{encoded(json.dumps({**told, 'iat': told['iat'] - 1}).encode())}.{signature}",
        "no algorithm": made(told, key, "none"),
        "no algorithm, spelled otherwise": made(told, key, "None"),
        "no algorithm, and a signature": made(told, key, head={"alg": "none", "typ": "JWT"}),
        "another algorithm": made(told, key, "HS512"),
        "an algorithm with public keys": made(told, key, head={"alg": "RS256", "typ": "JWT"}),
        "a list for an algorithm": made(told, key, head={"alg": ["HS256"], "typ": "JWT"}),
        "another key": made(told, b"x" * 32),
        "an empty key": made(told, b""),
        "expired": made({**told, "iat": now - 90_000, "exp": now - 3_600}, key),
        "expired long ago": made({**told, "iat": 1, "exp": 2}, key),
        "no end": made(without("exp"), key),
        "an end that is no number": made({**told, "exp": "tomorrow"}, key),
        "an end that is no whole number": made({**told, "exp": 1e300}, key),
        "not valid yet": made({**told, "nbf": now + 3_600}, key),
        "made in the future": made({**told, "iat": now + 7_200, "exp": now + 86_400}, key),
        "nobody's": made({**told, "user_id": 999_999_999, "email": "nobody@people.example", "sub": "4e0a0ee3-9f3e-4a43-9c3e-3a1b7a0e7a01"}, key),
        "claims that are a list": made([told], key),
        "bytes that are no text": f"{head}.{encoded(bytes(range(128, 256)))}.{signature}",
        "a very long one": "A" * 6_000 + "." + "B" * 600 + "." + "C" * 43,
    }
    made_up = {what: f"Bearer {token}" for what, token in bearers.items()}
    return {
        "no header": None,
        "an empty header": "",
        "a password": "Basic " + base64.b64encode(b"root@people.example:tide and salt of root").decode(),
        "a good token without its scheme": good,
        "another scheme": f"Token {good}",
        **made_up,
        "a switched-off user's": f"Bearer {world.tokens['gone']}",
    }
