"""The HTTP side under torture: it runs beside the daemon, takes uploads, and is killed at random instants."""
import http.client
import json
import os
import socket
import subprocess
import time
import uuid

EMAIL = "torture@people.example"


class Web:
    def __init__(self, programs, root, profiles, ctl, journal):
        self.root, self.profiles, self.ctl, self.journal = root, profiles, ctl, journal
        self.program = os.path.join(programs, "sellout-web")
        self.process = self.token = None
        self.kills = 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def lay(self):
        self.ctl("user", "add", EMAIL, "--role", "admin", "--no-password")
        self.token = self.ctl("token", EMAIL).split()[-1]

    def start(self):
        self.process = subprocess.Popen(
            [self.program, "--root", self.root, "--profiles", self.profiles, "--listen", f"127.0.0.1:{self.port}"],
            stdin=subprocess.DEVNULL, stdout=self.journal, stderr=self.journal, env={**os.environ, "SWIFT_BACKTRACE": "enable=no"})

    def work(self, over, chance):
        """Killed again and again; what ends by itself has failed."""
        while not over.is_set():
            self.start()
            over.wait(chance.uniform(0.3, 4))
            if self.process.poll() is not None:
                raise SystemExit(f"sellout-web ended by itself with {self.process.returncode}")
            self.process.kill()
            self.process.wait()
            self.kills += 1

    def upload(self, name, content):
        """The batch's id. None where no answer came: the upload may have been taken all the same."""
        boundary = uuid.uuid4().hex
        head = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\nappend\r\n--{boundary}\r\nContent-Disposition: "
                f"form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n").encode()
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            line.request("POST", "/api/uploads", head + content + f"\r\n--{boundary}--\r\n".encode(), {
                "Authorization": f"Bearer {self.token}", "Content-Type": f"multipart/form-data; boundary={boundary}"})
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return None
        if answer.status != 200:
            # The ledger was busy, or is not there yet; nothing was taken.
            return None
        return json.loads(body)["batch_id"]

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
