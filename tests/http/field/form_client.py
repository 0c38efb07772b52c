"""Reads a page, changes some answers and sends the form, as a browser without scripts does. Standard library only.

BASE says which instance (default http://127.0.0.1:8000). Everything it writes is invented: use one to throw away.
"""

import http.cookiejar
import os
import re
import secrets
import time
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

BASE = os.environ.get("BASE", "http://127.0.0.1:8000")
PASSWORD = os.environ.get("PASSWORD", "prova-samverkan")
_VOID = {"input", "br", "hr", "img", "meta", "link", "wbr", "source", "path", "rect", "line", "circle", "use"}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self.links, self.headings = [], [], []
        self.words, self.errors = [], []
        self._main = self._skip = 0
        self._form = self._select = self._area = self._link = self._head = self._button = None
        self._error_depth = None
        self._depth = 0

    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        if tag not in _VOID:
            self._depth += 1
        if tag in ("script", "style"):
            self._skip += 1
        if tag == "main":
            self._main += 1
        if "error-summary" in (a.get("class") or "").split() and self._error_depth is None:
            self._error_depth = self._depth
        if tag == "form":
            self._form = {
                "action": a.get("action") or "",
                "method": (a.get("method") or "get").lower(),
                "main": bool(self._main),
                "fields": [],
                "choices": {},
                "buttons": [],
                "areas": {},
            }
            self.forms.append(self._form)
        elif tag == "a" and self._main:
            self._link = [a.get("href") or "", ""]
        elif tag in ("h1", "h2") and self._main:
            self._head = ""
        if self._form is None:
            return
        name = a.get("name")
        if tag == "input" and name and "disabled" not in a:
            kind = (a.get("type") or "text").lower()
            if kind in ("radio", "checkbox"):
                self._form["choices"].setdefault(name, []).append((a.get("value", "on"), ""))
                if "checked" in a:
                    self._form["fields"].append((name, a.get("value", "on")))
            elif kind not in ("submit", "button", "file", "image"):
                self._form["fields"].append((name, a.get("value") or ""))
        elif tag == "textarea" and name:
            self._area = [name, ""]
            self._form["areas"][name] = a
        elif tag == "select" and name:
            self._select = [name, []]
        elif tag == "option" and self._select:
            self._select[1].append([a.get("value"), "", "selected" in a])
        elif tag == "button":
            self._button = [name, a.get("value"), ""]

    def handle_endtag(self, tag):
        if self._error_depth is not None and self._depth == self._error_depth and tag not in _VOID:
            self._error_depth = None
        if tag not in _VOID:
            self._depth -= 1
        if tag in ("script", "style"):
            self._skip -= 1
        if tag == "main":
            self._main -= 1
        if tag == "a" and self._link:
            self.links.append((self._link[0], self._link[1].strip()))
            self._link = None
        if tag in ("h1", "h2") and self._head is not None:
            self.headings.append(self._head.strip())
            self._head = None
        if tag == "form":
            self._form = None
        if self._form is None:
            return
        if tag == "textarea" and self._area:
            self._form["fields"].append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        elif tag == "select" and self._select:
            name, options = self._select
            self._form["choices"][name] = [(value, " ".join(text.split())) for value, text, _ in options]
            chosen = next((part for part in options if part[2]), options[0] if options else None)
            if chosen:
                self._form["fields"].append((name, chosen[0] if chosen[0] is not None else chosen[1]))
            self._select = None
        elif tag == "button" and self._button:
            self._form["buttons"].append((self._button[0], self._button[1], " ".join(self._button[2].split())))
            self._button = None

    def handle_data(self, data):
        if self._skip:
            return
        if self._area is not None:
            self._area[1] += data
            return
        if self._select and self._select[1]:
            self._select[1][-1][1] += data
        if self._button is not None:
            self._button[2] += data
        if self._link is not None:
            self._link[1] += data
        if self._head is not None:
            self._head += data
        if self._error_depth is not None:
            self.errors.append(data)
        if self._main:
            self.words.append(data)


class Page:
    def __init__(self, client, path, status, headers, body):
        self.client, self.path, self.status, self.headers, self.body = client, path, status, headers, body
        self.read = _Reader()
        if "html" in headers.get("Content-Type", ""):
            self.read.feed(body.decode())

    @property
    def text(self):
        return "\n".join(
            line for line in (" ".join(part.split()) for part in "".join(self.read.words).splitlines()) if line
        )

    @property
    def error(self):
        return " ".join("".join(self.read.errors).split())

    def links(self, pattern):
        return [href for href, _ in self.read.links if re.search(pattern, href)]

    def form(self, pick=None):
        found = [part for part in self.read.forms if part["main"] and part["method"] == "post"]
        return next(part for part in found if pick is None or pick(part))

    def send(self, changes, pick=None, drop=()):
        form = self.form(pick)
        pairs = [(name, value) for name, value in form["fields"] if name not in changes and name not in drop]
        for name, value in changes.items():
            pairs += [(name, part) for part in (value if isinstance(value, list) else [value])]
        # A browser ends its lines with CRLF.
        pairs = [(name, re.sub(r"\r\n|\r|\n", "\r\n", value or "")) for name, value in pairs]
        return self.client.post(form["action"] or self.path, pairs)


class Client:
    def __init__(self, email):
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), _NoRedirect)
        answer = self.get("/logga-in/").send({"login": email, "password": PASSWORD})
        if "/logga-in" in answer.path:
            raise SystemExit(f"could not log in as {email}: {answer.error}")

    def _ask(self, path, data=None, headers=None):
        url = urllib.parse.urljoin(BASE, path)
        request = urllib.request.Request(url, data=data, headers={"Referer": url, **(headers or {})})
        try:
            answer = self.opener.open(request, timeout=120)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.getcode(), dict(answer.headers), answer.read()

    def _follow(self, path, answer):
        status, headers, body = answer
        while status in (301, 302, 303):
            path = urllib.parse.urljoin(path, headers["Location"])
            status, headers, body = self._ask(path)
        return Page(self, path, status, headers, body)

    def get(self, path):
        return self._follow(path, self._ask(path))

    def post(self, path, pairs):
        return self._follow(path, self._ask(path, urllib.parse.urlencode(pairs).encode()))

    def upload(self, path, name, content):
        page = self.get(path)
        edge = secrets.token_hex(16)
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
            for key, value in page.form()["fields"]
        ]
        parts.append(
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + f"\r\n--{edge}--\r\n".encode()
        )
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        for _ in range(60):
            answer = self._follow(path, self._ask(path, b"".join(parts), kind))
            # Two files are read at a time: others are being read just now.
            if "två åt gången" not in answer.text:
                break
            time.sleep(1)
        return answer

    def choose_project(self, start):
        for form in self.get("/").read.forms:
            if form["action"].endswith("/projekt/valj/"):
                key = next(value for name, value, text in form["buttons"] if text.startswith(start))
                return self.post(form["action"], [*form["fields"], ("project", key)])
        return None

    def enrol(self, given, family, **more):
        answers = {
            "given_name": given,
            "family_name": family,
            "birth_date": "1988-02-02",
            "sex": "female",
            "source": "social_services",
            **more,
        }
        return self.get("/deltagare/ny/").send(answers)

    def find(self, text):
        """Name and address of each hit."""
        page = self.get("/deltagare/")
        form = page.form(lambda part: any(name == "q" for name, _ in part["fields"]))
        pairs = [(name, value) for name, value in form["fields"] if name not in ("q", "visa")]
        found = self.post(form["action"] or page.path, [*pairs, ("q", text), ("visa", "alla")])
        return [
            (name, href)
            for href, name in found.read.links
            if re.fullmatch(r"(?:/p/[^/]+)?/inskrivningar/[0-9a-f-]{36}/", href)
        ]

    def new_case(self):
        """The address of a case with a name of its own."""
        family = "Prov" + "".join(secrets.choice("abcdefghijkl") for _ in range(8))
        answer = self.enrol("Prov", family)
        hits = self.find(family)
        if not hits:
            raise SystemExit(f"could not enrol: {answer.error}")
        return hits[0][1]


def situation(page):
    """What stands under «Läget nu» on a case page, on one line."""
    text = page.text
    start = text.find("Läget nu")
    return text[start : text.find("Vad som hänt")].replace("\n", " | ") if start >= 0 else ""


def tell(name, ok, evidence):
    print(f"{'HELD  ' if ok else 'FAILED'} {name}: {evidence}")
    return ok
