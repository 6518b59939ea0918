"""Finds a Chromium for the browser tests, or installs Debian's package where that is allowed.

Run by `make test` before the tests. Without a browser the tests that need one are left out, which is
said plainly; where CI is set they fail instead.
"""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_browser() -> str | None:
    """The path of a Chromium or Chrome, from CHROMIUM or the PATH."""
    given = os.environ.get("CHROMIUM")
    return given or next((path for name in NAMES if (path := shutil.which(name))), None)


def main() -> None:
    """Make sure of a browser if it can be done without asking anybody."""
    if find_browser():
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium for the browser tests ...", flush=True)
        for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *command], capture_output=True, check=False)
    if not find_browser():
        print("No Chromium or Chrome was found: the browser tests are left out. Set CHROMIUM to its path.")


if __name__ == "__main__":
    main()
