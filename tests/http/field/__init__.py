"""What people have complained about in systems like this one, tried on the running demo.

Each case has an input and a right value; a line says HELD or FAILED with what was seen. By hand, on a demo to throw
away, since they write: `BASE=http://127.0.0.1:8000 python -m tests.http.field.cases [year booking ...]`, and
`CHROMIUM=/path/to/chromium` with `tests.http.field.in_browser` for those that need a browser.
"""
