"""An HTTP client that sends exactly what it is told, and keeps what came back."""
import http.client
import json
import secrets
import shlex


class Unanswerable(Exception):
    """A check could not run to its end; it counts as failed."""


class Answer:
    def __init__(self, asked, curl, status, headers, body):
        self.asked, self.curl, self.status, self.headers, self.body = asked, curl, status, headers, body

    def __str__(self):
        return f"{self.asked} → {self.status}"

    @property
    def text(self):
        return self.body.decode(errors="replace")

    @property
    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            raise Unanswerable(f"{self} is no JSON: {self.text[:200]!r}") from None

    @property
    def whole(self):
        """Status and body, to be compared at once."""
        try:
            return self.status, json.loads(self.body)
        except ValueError:
            return self.status, self.text

    def wanted(self, status):
        if self.status != status:
            raise Unanswerable(f"{self}, where {status} was needed: {self.text[:300]}")
        return self.json if self.body else None


class Form:
    """multipart/form-data, its parts in the order in which they were added."""

    def __init__(self):
        self.parts, self.boundary = [], "portal-" + secrets.token_hex(12)

    def field(self, name, value):
        self.parts.append(f'--{self.boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value.encode() + b"\r\n")
        return self

    def file(self, name, file_name, content, disposition=None):
        disposition = disposition or f'form-data; name="{name}"; filename="{file_name}"'
        self.parts.append(f"--{self.boundary}\r\nContent-Disposition: {disposition}\r\n".encode()
                          + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
        return self

    @property
    def body(self):
        return b"".join([*self.parts, f"--{self.boundary}--\r\n".encode()])

    @property
    def kind(self):
        return f"multipart/form-data; boundary={self.boundary}"


class Caller:
    """Who asks: with which token, and from which address of this machine, since limits count by address."""

    def __init__(self, place, token=None, source="127.0.0.1", observer=None, tls=None):
        self.place, self.token, self.source, self.observer, self.tls = place, token, source, observer, tls

    def connection(self, timeout):
        told = {"timeout": timeout, "source_address": (self.source, 0)}
        if self.tls:
            return http.client.HTTPSConnection(*self.place, context=self.tls, **told)
        return http.client.HTTPConnection(*self.place, **told)

    def ask(self, method, path, body=None, kind=None, headers=None, timeout=60):
        head = dict(headers or {})
        if self.token is not None:
            head.setdefault("Authorization", f"Bearer {self.token}")
        if kind:
            head["Content-Type"] = kind
        asked, curl = f"{method} {path}", self.curl(method, path, head, body)
        connection = self.connection(timeout)
        try:
            try:
                connection.request(method, path, body, head)
            except (BrokenPipeError, ConnectionResetError):
                pass  # The answer may have come before all was sent.
            response = connection.getresponse()
            answer = Answer(asked, curl, response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
        except (OSError, http.client.HTTPException, AttributeError) as fault:  # AttributeError: it was closed before it was open.
            raise Unanswerable(f"{asked}: no answer, {type(fault).__name__}: {fault}") from None
        finally:
            connection.close()
        if self.observer:
            self.observer(answer)
        return answer

    def curl(self, method, path, headers, body):
        words = ["curl", "-i", "-X", method]
        for name, value in headers.items():
            words += ["-H", f"{name}: {value if name != 'Authorization' else value[:16] + '…'}"]
        if body:
            words += ["--data-binary", body.decode(errors="replace") if isinstance(body, bytes) and len(body) < 500 else "@BODY"]
        return shlex.join([*words, f"{'https' if self.tls else 'http'}://{self.place[0]}:{self.place[1]}{path}"])

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, value=None, **more):
        return self.with_json("POST", path, value, **more)

    def patch(self, path, value=None, **more):
        return self.with_json("PATCH", path, value, **more)

    def delete(self, path, value=None, **more):
        return self.with_json("DELETE", path, value, **more)

    def with_json(self, method, path, value, **more):
        if value is None:
            return self.ask(method, path, **more)
        return self.ask(method, path, json.dumps(value).encode(), "application/json", **more)

    def send(self, path, form, **more):
        return self.ask("POST", path, form.body, form.kind, **more)

    def upload(self, file, reseller_id, **more):
        """A's upload."""
        return self.send("/api/bibbi/uploads", Form().file("file", file.name, file.content).field("reseller_id", reseller_id), **more)

    def upload_sales(self, file, mode="append", reseller_id=None, tenant_id=None, **more):
        """B's upload."""
        form = Form().file("file", file.name, file.content).field("mode", mode)
        if reseller_id is not None:
            form.field("reseller_id", reseller_id)
        if tenant_id is not None:
            form.field("tenant_id", tenant_id)
        return self.send("/api/uploads", form, **more)
