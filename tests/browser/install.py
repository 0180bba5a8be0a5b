"""Install the browsers that tests drive, where they are missing.

An installed one is used; else the system's package manager is asked (as root, or by sudo without
a password); else Playwright downloads its own Chromium. Without any Firefox its tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from browsers import CHROMIUM, FIREFOX, VIEWER, find

MIRADOR = "mirador@4.0.0"
INTEGRITY = (  # as npm publishes it
    "sha512-uWsE9e2oqSc/lUu+vVwDGhTsycuhGsfZ2KfX6CLfXiT"
    "3wgGy6qT9+q5M3V9Zz72hkdIgsJugKesaowmRtYmvrA=="
)


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


def mirador() -> None:
    """Fetch the IIIF viewer from npm, at a version and with a checksum that are known."""
    if (VIEWER / "mirador.min.js").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", MIRADOR, "--json", "--pack-destination", folder]
        try:
            packed = subprocess.run(command, capture_output=True, text=True, timeout=120)
            (about,) = json.loads(packed.stdout)
            if about["integrity"] != INTEGRITY:
                raise ValueError("another checksum")
            with tarfile.open(Path(folder) / about["filename"]) as archive:
                file = archive.extractfile("package/dist/mirador.min.js")
                VIEWER.mkdir(parents=True, exist_ok=True)
                (VIEWER / "mirador.min.js").write_bytes(file.read() if file else b"")
        except (OSError, ValueError, KeyError, subprocess.TimeoutExpired) as error:
            sys.stderr.write(f"no Mirador ({error}): its tests will be skipped\n")


def main() -> int:
    """Install what is missing; 1 if there is no Chromium in the end."""
    mirador()
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
