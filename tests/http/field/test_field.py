"""Every case from the field holds on the demo: the scripts are run as somebody would run them by hand."""

import os
import subprocess
import sys

import pytest

from tests.e2e.conftest import CHROMIUM
from tests.http.conftest import ROOT
from tests.http.field import cases, in_browser

SECONDS = 240


def run(site, script: str, name: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BASE": site.base, "CHROMIUM": CHROMIUM or ""}
    command = [sys.executable, "-m", f"tests.http.field.{script}", name]
    return subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False, timeout=SECONDS
    )


@pytest.mark.parametrize("name", cases.CASES)
def test_over_http(site, name):
    done = run(site, "cases", name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "HELD" in done.stdout
    assert "FAILED" not in done.stdout


@pytest.mark.parametrize("name", in_browser.CASES)
def test_in_a_browser(site, name):
    done = run(site, "in_browser", name)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "HELD" in done.stdout
