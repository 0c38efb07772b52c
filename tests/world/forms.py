"""What a browser does with a page's form: read it, and send back what stands in it."""

from collections.abc import Iterator
from html.parser import HTMLParser

from django.urls import reverse


class _Form(HTMLParser):
    """The answers of the form in <main>, as a browser would send them without pressing a named button."""

    def __init__(self):
        super().__init__()
        self.answers, self.textarea, self.select = {}, None, None
        self.inside = False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "main":
            self.inside = True
        if not self.inside:
            return
        if tag == "input":
            self._input(attrs)
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.answers[self.textarea] = ""
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and ("selected" in attrs or self.select not in self.answers):
            self.answers[self.select] = attrs["value"]

    def handle_endtag(self, tag):
        if tag == "main":
            self.inside = False
        elif tag == "textarea":
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.answers[self.textarea] += data.removeprefix("\n")

    def _input(self, attrs):
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if kind == "checkbox" and "value" in attrs and attrs["value"] != "on":
            boxes = self.answers.setdefault(name, [])
            if "checked" in attrs:
                boxes.append(attrs["value"])
        elif kind in ("checkbox", "radio"):
            if "checked" in attrs:
                self.answers[name] = attrs.get("value", "on")
        elif name and name != "page":  # the mark of the page is new at each showing
            self.answers[name] = attrs.get("value", "")


class _Text(HTMLParser):
    """What stands on the page for a reader, spaces joined."""

    def __init__(self):
        super().__init__()
        self.parts, self.skipped = [], 0

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in ("script", "style", "textarea")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("script", "style", "textarea")

    def handle_data(self, data):
        if not self.skipped:
            self.parts.append(data)


def filled_in(client, name, response=None, **query):
    """The answers that stand on the page, fetched unless a response is given."""
    response = response or client.get(reverse(name), query)
    form = _Form()
    form.feed(response.content.decode())
    return form.answers


def text_of(response):
    """The page as text."""
    assert response.status_code == 200, response
    return " ".join(_words(response.content.decode()))


def _words(html) -> Iterator[str]:
    page = _Text()
    page.feed(html)
    yield from " ".join(page.parts).split()
