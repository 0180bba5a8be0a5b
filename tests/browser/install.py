"""Install the browsers that tests drive, where they are missing.

An installed one is used; else the system's package manager is asked (as root, or by sudo without
a password); else Playwright downloads its own Chromium. Without any Firefox its tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from browsers import CHROMIUM, FIREFOX, find


def apt(*packages: str) -> bool:
    """Install Debian packages; False where that cannot be done."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and not shutil.which("sudo"):
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*prefix, "apt-get", "update", "-qq"], env=environment)
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    return subprocess.run(install, env=environment, stdout=subprocess.DEVNULL).returncode == 0


def main() -> int:
    """Install what is missing; 1 if there is no Chromium in the end."""
    if not shutil.which("Xvfb"):
        # A screen for Firefox, with WebGL in software.
        apt("xvfb", "libegl1", "libgl1", "libgl1-mesa-dri", "libpci3")
    if not find(FIREFOX, "VOLVELLE_FIREFOX") and not apt("firefox-esr") and not apt("firefox"):
        sys.stderr.write("no Firefox: its tests will be skipped\n")
    if find(CHROMIUM, "VOLVELLE_CHROMIUM") or apt("chromium") or apt("chromium-browser"):
        return 0
    command = [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]
    return subprocess.run(command).returncode


if __name__ == "__main__":
    sys.exit(main())
