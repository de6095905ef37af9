"""A headless Chromium that does what a person would: goes, fills in, presses, looks. With scripts or without."""
import base64
import os
import time

import axe_core_python
from selenium import webdriver
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By

from asking import Unanswerable

AXE = os.path.join(os.path.dirname(axe_core_python.__file__), "axe.min.js")

# Slight ones for axe, yet who listens to a page finds their way by them.
OUTLINE = ("heading-order", "empty-table-header", "empty-heading")

# Elements that reach beyond the window, and texts that their boxes cut. What is only there for screen readers is left out.
CUT = """
const found = [], width = document.documentElement.clientWidth;
if (document.documentElement.scrollWidth > width + 1) found.push('the page is ' + document.documentElement.scrollWidth + ' wide in ' + width);
const unseen = e => {
  for (let up = e; up && up !== document.body; up = up.parentElement) {
    const style = getComputedStyle(up);
    if (style.visibility === 'hidden' || style.position === 'absolute' && (style.clip !== 'auto' || style.clipPath !== 'none' || up.offsetWidth <= 1)) return true;
  }
  return false;
};
const scrolls = e => e.closest('pre, [tabindex="0"]');
for (const e of document.querySelectorAll('body *')) {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  if (!box.width || !box.height || e.closest('svg') || unseen(e)) continue;
  const name = e.tagName.toLowerCase() + (e.id ? '#' + e.id : '') + ' “' + (e.textContent || '').trim().slice(0, 40) + '”';
  if (box.right > width + 1 && !scrolls(e)) found.push(name + ' reaches to ' + Math.round(box.right) + ' of ' + width);
  const cuts = ['hidden', 'clip'], says = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (says && (cuts.includes(style.overflowX) && e.scrollWidth > e.clientWidth + 1 || cuts.includes(style.overflowY) && e.scrollHeight > e.clientHeight + 1))
    found.push(name + ' is cut');
}
return found.slice(0, 8);
"""


def kept(world, file):
    """A file on disk, for the browser to send."""
    path = os.path.join(world.folder, "to send", file.name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as stream:
        stream.write(file.content)
    return path


class Browser:
    def __init__(self, world, scripts=True, width=1280, dark=False):
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", f"--window-size={width},900", "--force-device-scale-factor=1",
                     "--disable-extensions", "--no-first-run", "--lang=en-GB"):
            options.add_argument(word)
        if not scripts:
            options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
        self.world, self.scripts = world, scripts
        self.base = f"http://127.0.0.1:{world.port}"
        self.driver.set_page_load_timeout(60)
        self.driver.set_script_timeout(120)
        self.shape(width, dark)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def shape(self, width, dark):
        """A window of exactly this width, light or dark."""
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    # Going and looking.

    def go(self, path):
        self.driver.get(self.base + path)

    @property
    def path(self):
        return self.driver.current_url.removeprefix(self.base)

    @property
    def text(self):
        for _ in range(5):
            try:
                return self.driver.find_element(By.TAG_NAME, "body").text
            except (StaleElementReferenceException, NoSuchElementException):
                time.sleep(0.1)
        return ""

    def sees(self, words, limit=15):
        """Waits until the words stand there; without scripts it loads the page anew, as a person would."""
        deadline = time.monotonic() + limit
        while words.lower() not in self.text.lower():
            if time.monotonic() > deadline:
                raise Unanswerable(f"{self.path} does not say “{words}” within {limit} s, but: {' / '.join(self.text.split(chr(10)))[:700]}")
            time.sleep(0.25)
            if not self.scripts:
                time.sleep(0.5)
                self.driver.get(self.driver.current_url)

    def find(self, css):
        try:
            return self.driver.find_element(By.CSS_SELECTOR, css)
        except NoSuchElementException:
            raise Unanswerable(f"{self.path} has no {css}; it says: {' / '.join(self.text.split(chr(10)))[:400]}") from None

    def all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    # Doing.

    def opened(self, element):
        """Unfolds what an element lies in."""
        folds = element.find_elements(By.XPATH, "ancestor::details[not(@open)]")
        for fold in folds:
            fold.find_element(By.TAG_NAME, "summary").click()
        return element

    def fill(self, css, value, within=None):
        element = self.opened((within or self.driver).find_element(By.CSS_SELECTOR, css) if within else self.find(css))
        if element.get_attribute("type") not in ("file", "date", "month"):
            element.clear()
        element.send_keys(value)
        return element

    def button(self, words, among="button, input[type=submit], a"):
        """The first one that shows these words, or would when it is unfolded."""
        for element in self.all(among):
            told = (element.get_attribute("textContent") or element.get_attribute("value") or "").strip()
            if words.lower() in " ".join(told.split()).lower():
                return element
        raise Unanswerable(f"{self.path} has no button “{words}”; buttons: {[(b.get_attribute('textContent') or '').strip() for b in self.all('button')][:30]}")

    def press(self, words, fields=None, among="button, input[type=submit], a"):
        """Presses a button; first fills in the fields of its form, by name."""
        button = self.button(words, among)
        self.opened(button)
        for name, value in (fields or {}).items():
            self.fill(f"[name='{name}']", value, within=button.find_element(By.XPATH, "ancestor::form"))
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        time.sleep(0.2)

    def upload(self, css, path):
        self.driver.find_element(By.CSS_SELECTOR, css).send_keys(path)

    # Judging.

    def cut(self):
        return self.driver.execute_script(CUT)

    def shot(self, name):
        height = min(6000, self.driver.execute_script("return document.documentElement.scrollHeight"))
        folder = os.path.join(os.environ.get("PORTAL_SHOTS") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".build", "portal-shots"))
        os.makedirs(folder, exist_ok=True)
        size = self.driver.execute_script("return [innerWidth, innerHeight]")
        picture = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": {"x": 0, "y": 0, "width": size[0], "height": height, "scale": 1}, "captureBeyondViewport": True})
        with open(os.path.join(folder, name + ".png"), "wb") as file:
            file.write(base64.b64decode(picture["data"]))

    def axe(self):
        """Serious and critical faults, and those of OUTLINE, each with the first place."""
        with open(AXE) as file:
            # As a program from outside would: the page's own policy lets no script in.
            self.driver.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
            self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": file.read()})
        told = self.driver.execute_async_script("const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations), e => done([{impact: 'critical', id: String(e), help: '', nodes: []}]))")
        return [f"{fault['id']}: {fault['help']} at {fault['nodes'][0]['html'][:120] if fault['nodes'] else ''}" for fault in told if fault["impact"] in ("serious", "critical") or fault["id"] in OUTLINE]

    def complaints(self):
        """What the browser's console says: refused resources, scripts that failed."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "WARNING")]
