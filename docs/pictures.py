#!/usr/bin/env python3
"""Takes README's pictures of the dashboard and of a page in an outbox, with Debian's chromium and chromedriver, from a playground that runs (`make run`).

    docs/pictures.py [ROOT]     ROOT is the playground's root, ./var
"""
import base64
import glob
import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request

SITE, DRIVER, WIDTH = "http://127.0.0.1:8788", "http://127.0.0.1:9517", 1180
EMAIL = "anna@example.com"


class Browser:
    def __enter__(self):
        self.process = subprocess.Popen(["chromedriver", "--port=9517"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(2)
        options = {"args": ["--headless=new", "--no-sandbox", f"--window-size={WIDTH},900", "--hide-scrollbars"]}
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        self.session = ""
        self.session = "/session/" + self.call("POST", "/session", wanted)["sessionId"]
        return self

    def __exit__(self, *_):
        self.process.terminate()

    def call(self, method, path, body=None):
        request = urllib.request.Request(
            DRIVER + self.session + path, method=method, data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"})
        return json.load(urllib.request.urlopen(request, timeout=60))["value"]

    def open(self, path):
        self.call("POST", "/url", {"url": SITE + path})
        time.sleep(1)

    def run(self, script):
        return self.call("POST", "/execute/sync", {"script": script, "args": []})

    def picture(self, file):
        height = min(self.run("return document.documentElement.scrollHeight"), 1600)
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        shot = self.call("POST", "/goog/cdp/execute",
                         {"cmd": "Page.captureScreenshot", "params": {"captureBeyondViewport": True, "clip": clip}})
        with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), file), "wb") as picture:
            picture.write(base64.b64decode(shot["data"]))


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else "var"
    with open(os.path.join(root, ".samples-login")) as login:
        password = login.read().strip()
    with Browser() as browser:
        browser.open("/login")
        browser.run(f"document.getElementById('email').value = {json.dumps(EMAIL)};"
                    f"document.getElementById('password').value = {json.dumps(password)}; document.querySelector('form').submit()")
        time.sleep(2)
        browser.open("/")
        browser.picture("dashboard-now.png")
        browser.open("/batches?search=MAY2025")
        browser.open(browser.run("return document.querySelector('main td a[href^=\"/batches/\"], main th a[href^=\"/batches/\"]').pathname"))
        browser.picture("dashboard-file.png")
        page = glob.glob(os.path.join(os.path.abspath(root), "boxnox", "outbox", "*MAY2025*.html"))[0]
        browser.call("POST", "/url", {"url": "file://" + urllib.parse.quote(page)})
        browser.picture("outbox-page.png")


if __name__ == "__main__":
    main()
