"""Finds a Chromium for the browser tests, or fetches Debian's package where that can be done without asking anybody.

Run by `make test` before the tests. Without a browser the tests that need one are left out, which is said plainly.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNPACKED = Path(sys.prefix) / "chromium"
"""Where the package lies when nobody may install it."""
LAUNCHER = UNPACKED / "chromium"
MISSING = "No Chromium or Chrome was found: the browser tests are left out. Set CHROMIUM to its path."


def find_browser() -> str | None:
    """The path of a Chromium or Chrome, from CHROMIUM, the PATH, or where it was unpacked."""
    if given := os.environ.get("CHROMIUM"):
        return given
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or (str(LAUNCHER) if LAUNCHER.exists() else None)


def main() -> None:
    """Make sure of a browser if it can be done."""
    if find_browser():
        return
    if shutil.which("apt-get"):
        print("Fetching Chromium for the browser tests ...", flush=True)
        _install() if os.geteuid() == 0 else _unpack()
    if not find_browser():
        print(MISSING)


def _install() -> None:
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", "chromium")


def _unpack() -> None:
    """Chromium and what it needs, from packages into a folder: whoever is not root can do no more."""
    with tempfile.TemporaryDirectory(prefix="clchromium") as folder:
        lists, archives = Path(folder) / "lists", Path(folder) / "archives"
        for each in (lists, archives):
            (each / "partial").mkdir(parents=True)
        own = (f"Dir::State::lists={lists}", f"Dir::Cache::archives={archives}", "Dir::Cache::pkgcache=",
               "Dir::Cache::srcpkgcache=", "Debug::NoLocking=1")  # fmt: skip
        options = [word for option in own for word in ("-o", option)]
        wanted = ("--reinstall", "chromium", "chromium-common")
        _apt(*options, "update")
        _apt(*options, "install", "-y", "--download-only", "--no-install-recommends", *wanted)
        for package in archives.glob("*.deb"):
            subprocess.run(["dpkg-deb", "-x", str(package), str(UNPACKED)], capture_output=True, check=False)
    program = UNPACKED / "usr/lib/chromium/chromium"
    if program.exists():
        folders = {library.parent for library in UNPACKED.glob("usr/lib/*-linux-gnu*/**/*.so*")}
        libraries = ":".join(map(str, sorted(folders)))
        LAUNCHER.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}" exec "{program}" "$@"\n')
        LAUNCHER.chmod(0o755)


def _apt(*words: str) -> None:
    subprocess.run(["apt-get", "-qq", *words], capture_output=True, check=False)


if __name__ == "__main__":
    main()
